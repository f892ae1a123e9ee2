// What a broken item was probably meant to be, going by its tokens and by where it stands, and how to call what it lacks. Private to
// compiler/parse; knows nothing of the parser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/recovery.h"

namespace vsm::parse {

/// Where an item stands.
struct ItemPlace {
    TokenKind wants = TokenKind::stream;  ///< the keyword that is most at home there
    bool directly_in_parallel = false;
};

/// What must follow a keyword: for the message, and the token to put in its place.
struct Expected {
    TokenKind kind;
    std::string_view words;
};
Expected expected_after(TokenKind keyword);

/// A name made of a title's ASCII letters and digits: `load_test` of `"Load test"`. Empty where it has no letter to begin with.
std::string name_for(std::string_view title);

/// The name nearest to a text that cannot be one: `qa_test` of `qa.test`, `pruefen` of `prüfen`, `step_3` of `3` where `before` is `step`.
std::string name_from(std::string_view text, std::string_view before);

/// The unit at the end of a time as written: 1 for seconds, 5 for weeks, 0 for what is no unit.
int unit_rank(std::string_view quantity);

/// The text without what nobody can see in it.
std::string without_invisible(std::string_view text);

/// `a name, `{` or text in quotes`: at most four of the tokens that would do.
std::string words_for(const std::vector<TokenKind>& expected);

/// A token that can begin a property's value.
bool begins_value(TokenKind kind);

class ItemGuess {
public:
    ItemGuess(const TokenEditor& tokens, const SourceFile& source) : tokens_(tokens), source_(source) {}

    /// name [title] … `{` on the same line: the head of a statement with a block.
    bool heads_block(std::size_t at) const;
    /// Would the token after `at` do after this keyword?
    bool shape_fits(TokenKind keyword, std::size_t at) const;
    /// The keyword that the block's head at `at` most likely lacks.
    TokenKind keyword_for(ItemPlace place, std::size_t at) const;

private:
    TokenKind kind_at(std::size_t at) const { return at < tokens_.count() ? tokens_.at(at).kind : TokenKind::end; }
    std::optional<std::size_t> branch_inside(std::size_t inside) const;

    const TokenEditor& tokens_;
    const SourceFile& source_;
};

}  // namespace vsm::parse
