// The words of a file between the lexer and the parser, where mistakes that show in neighbouring words are found and mended.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/source.h"

namespace vsm::parse {

/// In the order of the grammar's tokens (checked where ANTLR is included); 0 is the end of the file.
enum class TokenKind : std::uint8_t {
    end = 0,
    open, close, open_list, close_list, open_arguments, close_arguments, colon, comma, range, dot, per, guess, unknown,
    not_applicable, at_most, at_least, below, above, equal, percent_sign, minus, percent, number, quantity, date, name, string,
    unclosed_text, comment, blank, unexpected,
    import_, team, stream, future, stage, step, parallel, choose, branch, wait, queue, rework, target, expect, note, kaizen, allow,
    change, remove, add, replace, move, of, by, once, to, from, on, before, after, with
};

struct Token {
    TokenKind kind = TokenKind::end;
    bool repaired = false;  ///< put in or changed after a mistake was reported
    bool first_on_line = false;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;  ///< equal to begin: put in by us
    bool phrase = false;    ///< words and signs where one value or name should be, reported when it is known what is wanted there
};

/// The token at a place; outside of them, also before the first (`at - 1`), the end of the file. Nothing here reads tokens without it.
inline const Token& token_at(const std::vector<Token>& tokens, std::size_t at) {
    static const Token end;
    return at < tokens.size() ? tokens[at] : end;
}

/// More errors than anybody reads: beyond them a file of noise is not worth its time, and every step here gives up.
inline constexpr std::size_t most_mistakes = 200;

struct Tokens {
    std::vector<Token> items;  ///< without the end
    std::vector<SourceRange> comments;
    bool readable = true;  ///< false: too broken to parse (reported)
};

/// From one place to another, where the second lies behind the first; else nothing, at the first. Tokens that were put in another order do not
/// lie as they follow one another.
inline SourceRange from_to(const SourceFile& source, std::uint32_t begin, std::uint32_t end) { return {source.id(), begin, std::max(begin, end)}; }
/// All of two tokens and what lies between them.
inline SourceRange range_of(const SourceFile& source, const Token& one, const Token& other) {
    return {source.id(), std::min(one.begin, other.begin), std::max(one.end, other.end)};
}

/// A statement's keyword that may stand at the beginning of an item.
bool begins_statement(TokenKind kind);
/// A name or a keyword, which may be one.
bool is_word(TokenKind kind);
bool is_amount(TokenKind kind);
/// `of`, `by`, `once`, `to` …: inside a statement.
bool is_connecting_keyword(TokenKind kind);
/// `<=`, `=` and the like.
inline bool is_relation(TokenKind kind) { return kind >= TokenKind::at_most && kind <= TokenKind::equal; }
/// A keyword whose statement may have a block.
bool may_have_block(TokenKind kind);
std::string_view keyword_text(TokenKind kind);
std::optional<TokenKind> keyword_kind(std::string_view text);
/// The keywords that begin a statement, as written.
std::span<const std::string_view> statement_keywords();

/// How many columns a line is indented by; a tab counts as four.
std::uint32_t indent_of(const SourceFile& source, std::uint32_t line);

/// What a reader sees in a token's place: `the text "…"`, `` `}` ``, `the end of the file`.
std::string describe(const Token& token, const SourceFile& source);

/// Splits a file into tokens. Reports bytes that are no UTF-8 and documents of other kinds (then nothing else), characters that cannot be
/// seen and text that is never closed; those are left out or mended. Characters that mean nothing here stay, as unexpected ones.
Tokens split(const SourceFile& source, Diagnostics& diagnostics);

/// Reports characters that mean nothing in a map.
void report_unexpected(const SourceFile& source, SourceRange range, Diagnostics& diagnostics);

/// What a text looks like that is no map at all: JSON, a table, a diagram in another language.
struct ForeignDocument {
    std::string_view looks_like;  ///< `a Mermaid diagram`
    std::string_view help;
    SourceRange range;            ///< what shows it
};
std::optional<ForeignDocument> foreign_document(const SourceFile& source);

/// Keeps the words and signs of a value that is written as elsewhere (`about 2d`, `2-3 weeks`, `24/7`) together in one token, and those of a
/// property's name (`%C&A`). Reports what means nothing and belongs to none of them, and leaves it out.
void mend_phrases(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and mends statements whose keyword is there but whose parts are written in another way: `rework 10% build`, `note` without
/// quotes, `future f { … }`, a title where a name is wanted.
void mend_statements(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and mends what the habits of other languages put into a map: `step review: {`, `step review (…)`, blocks without braces,
/// `->` between steps.
void mend_habits(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and mends mistakes that show in a few neighbouring tokens: `1 h`, `85 %`, `1,5d`, `-5min`, `team: dev, qa`, a value left out.
void mend_mistakes(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and mends blocks, lists and arguments that are not closed or not opened, by how the lines are indented; refuses blocks
/// nested too deep. Afterwards every bracket has its partner.
void balance(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

}  // namespace vsm::parse
