// A map as it is written, to be written anew: its words and comments as a tree of items. Knows what belongs to what, and no meaning.
// Private to compiler/format.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/parse.h"

namespace vsm::format {

/// A word of the text, or one that was put in.
struct Word {
    parse::TokenKind kind = parse::TokenKind::end;
    std::string_view text;
};

/// A comment behind code, and the lines below that begin in its column and go on with it.
using Comment = std::vector<std::string_view>;

struct Node;

struct Block {
    std::vector<Node> items;
    Comment opening;        ///< behind its `{`
    bool given = false;     ///< has braces
    bool one_line = false;  ///< was written on one line
};

/// One item with the comments that belong to it, or comments that belong to none (`item` is null).
struct Node {
    const ast::Item* item = nullptr;
    bool blank_before = false;
    std::vector<std::string_view> above;  ///< lines of comment directly above, or from the middle of it
    std::span<const Word> head;           ///< all words before the block
    Block block;
    Comment beside;  ///< behind its end
    bool implicit = false;  ///< a branch of a parallel that is not written; only while edits are made
};

/// Views of the text it was made from, which must outlive it.
struct Tree {
    std::vector<Word> words;
    Block file;
    std::deque<std::vector<Word>> put_in;  ///< heads that an edit made
    std::deque<std::string> texts;         ///< of words that an edit made
    std::deque<ast::Item> items;           ///< that an edit made
};

/// The tree of a map that was read without an error.
Tree build_tree(const parse::Reading& reading, const SourceFile& source);

/// The block of an item, or of what it adds; null when it cannot have one.
const ast::Block* block_of(const ast::Item& item);

}  // namespace vsm::format
