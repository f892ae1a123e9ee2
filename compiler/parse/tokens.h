// The words of a file between the lexer and the parser, where mistakes that show in neighbouring words are found and mended.
#pragma once

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

/// A statement's keyword that may stand at the beginning of an item.
bool begins_statement(TokenKind kind);
/// A name or a keyword, which may be one.
bool is_word(TokenKind kind);
bool is_amount(TokenKind kind);
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

/// Splits a file into tokens. Reports bytes that are no UTF-8 (then nothing else), characters that cannot be seen, stray characters
/// and text that is never closed; those are left out or mended.
Tokens split(const SourceFile& source, Diagnostics& diagnostics);

/// Reports and mends what the habits of other languages put into a map: `step review: {`, `step review (…)`, blocks without braces,
/// `->` between steps.
void mend_habits(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and mends mistakes that show in a few neighbouring tokens: `1 h`, `85 %`, `1,5d`, `-5min`, `team: dev, qa`, a value left out.
void mend_mistakes(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

/// Reports and mends blocks, lists and arguments that are not closed or not opened, by how the lines are indented; refuses blocks
/// nested too deep. Afterwards every bracket has its partner.
void balance(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics);

}  // namespace vsm::parse
