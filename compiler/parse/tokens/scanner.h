// Splits text into the tokens of the grammar's lexer (grammar/Vsm.g4) without ANTLR's lexer, which takes a lock for
// each character. A test compares the two. Private to compiler/parse; knows neither keywords nor mistakes.
#pragma once

#include <cstdint>
#include <string_view>

#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {

/// A token as the lexer sees it: its kind (`name` also for keywords) and its range in bytes.
struct Lexeme {
    TokenKind kind = TokenKind::end;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

class Scanner {
public:
    /// `text`: valid UTF-8 of less than 4 GiB; must outlive this object.
    explicit Scanner(std::string_view text) : text_(text) {}

    /// The next token or comment, without the blanks before it; at the end of the text, of kind `end`.
    Lexeme next();

    /// The position after the last token.
    std::uint32_t position() const { return at_; }
    /// Continues at a position: the beginning of a character, or the end of the text.
    void go_on_at(std::uint32_t position) { at_ = position; }

private:
    std::string_view text_;
    std::uint32_t at_ = 0;
};

}  // namespace vsm::parse
