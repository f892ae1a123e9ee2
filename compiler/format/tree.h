// The text of a map for the formatter: its words and comments as a tree of items. Has no semantics.
// Private to compiler/format.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/parse.h"

namespace vsm::format {

/// A word of the text, or one that an edit inserted.
struct Word {
    parse::TokenKind kind = parse::TokenKind::end;
    std::string_view text;
};

/// A comment after code, with the lines below that begin in the same column and continue it.
using Comment = std::vector<std::string_view>;

struct Node;

struct Block {
    std::vector<Node> items;
    Comment opening;        ///< after its `{`
    bool given = false;     ///< has braces
    bool one_line = false;  ///< was written on one line
};

/// An item with its comments, or comments that belong to no item (`item` is null).
struct Node {
    const ast::Item* item = nullptr;
    bool blank_before = false;
    std::vector<std::string_view> above;  ///< comment lines directly above, or inside the item
    std::span<const Word> head;           ///< all words before the block
    Block block;
    Comment beside;         ///< after its end
    bool implicit = false;  ///< an unwritten branch of a parallel; only while edits are applied
};

/// Contains views of its source text, which must outlive it.
struct Tree {
    std::vector<Word> words;
    Block file;
    std::deque<std::vector<Word>> put_in;  ///< heads that edits created
    std::deque<std::string> texts;         ///< words that edits created
    std::deque<ast::Item> items;           ///< items that edits created
};

/// The tree of a map that was parsed without errors.
Tree build_tree(const parse::Reading& reading, const SourceFile& source);

/// The block of an item, or of the item that it adds; null if it cannot have one.
const ast::Block* block_of(const ast::Item& item);

}  // namespace vsm::format
