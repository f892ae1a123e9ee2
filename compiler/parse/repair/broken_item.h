// Guesses what a broken item was meant to be, from its tokens and its place, and names what it lacks. Private to
// compiler/parse; does not depend on the parser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/tokens/token_editor.h"

namespace vsm::parse {

/// The place of an item.
struct ItemPlace {
    TokenKind wants = TokenKind::stream;  ///< the most likely keyword there
    bool directly_in_parallel = false;
};

/// What must follow a keyword: the token to insert, and the words for the message.
struct Expected {
    TokenKind kind;
    std::string_view words;
};
Expected expected_after(TokenKind keyword);

/// A name from the ASCII letters and digits of a title: `load_test` for `"Load test"`. Empty if it has no letter to
/// begin with.
std::string name_for(std::string_view title);

/// The valid name closest to a text: `qa_test` for `qa.test`, `pruefen` for `prüfen`, `step_3` for `3` if `before` is
/// `step`.
std::string name_from(std::string_view text, std::string_view before);

/// The unit at the end of a time as written: 1 for seconds to 5 for weeks, 0 if it is not a unit.
int unit_rank(std::string_view quantity);

/// The text without invisible characters.
std::string without_invisible(std::string_view text);

/// `a name, `{` or text in quotes`: at most four of the expected tokens.
std::string words_for(const std::vector<TokenKind>& expected);

/// Whether a token can begin a property's value.
bool begins_value(TokenKind kind);

class ItemGuess {
public:
    ItemGuess(const TokenEditor& tokens, const SourceFile& source) : tokens_(tokens), source_(source) {}

    /// Whether a name and perhaps a title are followed by `{` on the same line: the head of a statement with a block.
    bool heads_block(std::size_t at) const;
    /// Whether the token after `at` can follow this keyword.
    bool shape_fits(TokenKind keyword, std::size_t at) const;
    /// The keyword that the head of a block at `at` most likely lacks.
    TokenKind keyword_for(ItemPlace place, std::size_t at) const;

private:
    TokenKind kind_at(std::size_t at) const { return at < tokens_.count() ? tokens_.at(at).kind : TokenKind::end; }
    bool holds_statement(std::size_t at) const;
    std::optional<std::size_t> branch_inside(std::size_t inside) const;

    const TokenEditor& tokens_;
    const SourceFile& source_;
};

/// A property without its colon: `process 1h`, `process = 1h`.
struct MissingColon {
    SourceRange where;       ///< to show: the name, and the signs in place of the colon
    SourceRange name;        ///< of the property, perhaps misspelt
    std::string_view value;  ///< as written
    std::uint32_t end;       ///< of what the colon replaces, from the end of the name
    std::string_view colon = ":";
};

/// Offers the colon as a fix; if the name is misspelt, with the name that was meant, when that is certain.
void report_missing_colon(Diagnostics& diagnostics, const SourceFile& source, const MissingColon& found);

}  // namespace vsm::parse
