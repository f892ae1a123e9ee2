// The tokens between the lexer and the parser, where mistakes that are visible in neighbouring tokens are reported and
// repaired.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"

namespace vsm::parse {

/// In the order of the grammar's tokens (checked where ANTLR is included); 0 is the end of the file.
enum class TokenKind : std::uint8_t {
    end = 0,
    open,
    close,
    open_list,
    close_list,
    open_arguments,
    close_arguments,
    colon,
    comma,
    range,
    dot,
    per,
    guess,
    unknown,
    not_applicable,
    at_most,
    at_least,
    below,
    above,
    equal,
    percent_sign,
    minus,
    percent,
    number,
    quantity,
    date,
    name,
    string,
    unclosed_text,
    comment,
    blank,
    unexpected,
#define VSM_KEYWORD(kind, ...) kind,
#include "compiler/parse/tokens/keywords.def"
#undef VSM_KEYWORD
};

struct Token {
    TokenKind kind = TokenKind::end;
    bool repaired = false;  ///< inserted or changed after a mistake was reported
    bool first_on_line = false;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;  ///< equal to begin for an inserted token
    bool phrase = false;  ///< words and signs instead of one value or name; reported where the expected value is known
};

/// The token at a position; beyond the tokens, also before the first (`at - 1`), the end of the file.
inline const Token& token_at(const std::vector<Token>& tokens, std::size_t at) {
    static const Token end;
    return at < tokens.size() ? tokens[at] : end;
}

/// Limit for errors: beyond it a file is not worth more time, and every step gives up.
inline constexpr std::size_t most_mistakes = 200;

struct Tokens {
    std::vector<Token> items;  ///< without the end of the file
    std::vector<SourceRange> comments;
    bool readable = true;  ///< false if too broken to parse (reported)
};

/// The range from one position to another; empty, at the first, if the second precedes it. Reordered tokens need not be
/// in text order.
inline SourceRange from_to(const SourceFile& source, std::uint32_t begin, std::uint32_t end) {
    return {source.id(), begin, std::max(begin, end)};
}
/// The range of two tokens and the text between them.
inline SourceRange range_of(const SourceFile& source, const Token& one, const Token& other) {
    return {source.id(), std::min(one.begin, other.begin), std::max(one.end, other.end)};
}

/// Whether a token is a keyword that can begin a statement.
bool begins_statement(TokenKind kind);
/// Whether a keyword begins an element: `stage`, `step` … `queue`.
bool is_element(TokenKind kind);
/// Whether a keyword begins an edit of a future: `change`, `remove` … `move`.
bool is_edit(TokenKind kind);
/// Whether a token is a name, or a keyword, which can be a name.
bool is_word(TokenKind kind);
bool is_amount(TokenKind kind);
/// Whether a keyword connects parts of a statement: `of`, `by`, `once`, `to` ….
bool is_connecting_keyword(TokenKind kind);
/// `<=`, `=` and the like.
bool is_relation(TokenKind kind);
/// Whether the statement of a keyword can have a block.
bool may_have_block(TokenKind kind);
std::string_view keyword_text(TokenKind kind);
std::optional<TokenKind> keyword_kind(std::string_view text);
/// The keywords that begin a statement, as written.
std::span<const std::string_view> statement_keywords();

/// The indentation of a line in columns; a tab counts as four.
std::uint32_t indent_of(const SourceFile& source, std::uint32_t line);

/// A token as readers see it: `the text "…"`, `` `}` ``, `the end of the file`.
std::string describe(const Token& token, const SourceFile& source);

/// Splits a file into tokens. Reports a file that is too large or not UTF-8 (then nothing else), and invisible
/// characters, comments of other languages, unclosed text and wrong quotes, which it drops or repairs. Keeps characters
/// that mean nothing here as unexpected ones.
Tokens split(const SourceFile& source, Diagnostics& diagnostics);

/// Reports characters that mean nothing in a map.
void report_unexpected(const SourceFile& source, SourceRange range, Diagnostics& diagnostics);

/// What a text looks like that is not a map: JSON, a table, a diagram in another language.
struct ForeignDocument {
    std::string_view looks_like;  ///< `a Mermaid diagram`
    std::string_view help;
    SourceRange range;  ///< the line that shows it
};
std::optional<ForeignDocument> foreign_document(const SourceFile& source);

/// Merges the words and signs of a value in another notation (`about 2d`, `2-3 weeks`, `24/7`) into one token, and
/// those of a property's name (`%C&A`). Reports and drops characters that mean nothing and belong to neither.
void repair_phrases(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and repairs statements whose keyword is there but whose parts are written in another way: `rework 10%
/// build`, `note` without quotes, `future f { … }`, a title instead of a name.
void repair_statements(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and repairs syntax of other languages: `step review: {`, `step review (…)`, blocks without braces, `->`
/// between steps.
void repair_foreign_syntax(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and repairs mistakes in a few neighbouring tokens: `1 h`, `85 %`, `1,5d`, `-5min`, `team: dev, qa`, a
/// missing value.
void repair_tokens(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and repairs blocks, lists and arguments that are not closed or not opened, judging by indentation; rejects
/// blocks that are nested too deep. Afterwards every bracket has its partner.
void balance(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);
/// Whether `balance` would report nothing.
bool is_balanced(Tokens& tokens, const SourceFile& source);

}  // namespace vsm::parse
