#include "compiler/parse/tokens/scanner.h"

#include <array>
#include <cstddef>

namespace vsm::parse {
namespace {

/// What the lexer's rules tell apart. `rest`: a byte of a character after the first.
enum class ByteClass : std::uint8_t { sign, blank, line_end, letter, digit, rest };

constexpr std::array<ByteClass, 256> class_of_byte = [] {
    std::array<ByteClass, 256> made{};
    for (std::size_t byte = 0; byte < made.size(); ++byte) {
        const bool ascii = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_';
        // No word contains U+0080 to U+00BF and U+2000 to U+2FFF: signs, blanks and fractions.
        const bool beyond_ascii = byte >= 0xC0 && byte != 0xC2 && byte != 0xE2;
        if (byte >= 0x80 && byte < 0xC0)
            made[byte] = ByteClass::rest;
        else if (ascii || byte == 0x7F || beyond_ascii)
            made[byte] = ByteClass::letter;
        else if (byte >= '0' && byte <= '9')
            made[byte] = ByteClass::digit;
        else if (byte == ' ' || byte == '\t')
            made[byte] = ByteClass::blank;
        else if (byte == '\r' || byte == '\n')
            made[byte] = ByteClass::line_end;
    }
    return made;
}();

/// A token of the text, as far as it is read.
class Reader {
public:
    Reader(std::string_view text, std::size_t at) : text_(text), begin_(at), at_(at) {}

    /// Reads the longest token that begins here; of two of that length, the one whose rule comes first.
    Lexeme read() {
        switch (look()) {
            case ByteClass::letter: return read_name();
            case ByteClass::digit: return read_amount();
            default: return read_sign();
        }
    }

private:
    char byte(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    /// Beyond the text, a line end.
    ByteClass look(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? class_of_byte[static_cast<unsigned char>(text_[at_ + ahead])]
                                          : ByteClass::line_end;
    }
    bool in_word() const {
        return look() == ByteClass::letter || look() == ByteClass::digit || look() == ByteClass::rest;
    }
    Lexeme made(TokenKind kind) const {
        return {kind, static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(at_)};
    }
    /// The token of the next bytes.
    Lexeme made(TokenKind kind, std::size_t bytes) {
        at_ += bytes;
        return made(kind);
    }
    void skip_digits() {
        while (look() == ByteClass::digit) ++at_;
    }
    /// Skips a character, and then digits, if a digit follows it.
    bool skip_before_digits(char before) {
        if (byte() != before || look(1) != ByteClass::digit) return false;
        ++at_;
        skip_digits();
        return true;
    }

    /// NAME, or NOT_APPLICABLE.
    Lexeme read_name() {
        while (in_word() || byte() == '-') ++at_;
        const bool not_applicable = at_ == begin_ + 1 && text_.substr(begin_).starts_with("n/a");
        return not_applicable ? made(TokenKind::not_applicable, 2) : made(TokenKind::name);
    }

    /// DATE, NUMBER, PERCENT or QUANTITY.
    Lexeme read_amount() {
        skip_digits();
        if (skip_before_digits('-')) {
            skip_before_digits('-');
            return made(TokenKind::date);
        }
        skip_before_digits('.');
        if (byte() == '%') return made(TokenKind::percent, 1);
        if (look() != ByteClass::letter) return made(TokenKind::number);
        for (;;) {
            if (in_word())
                ++at_;
            else if (!skip_before_digits('.'))
                return made(TokenKind::quantity);
        }
    }

    /// STRING, or UNCLOSED_TEXT up to the end of the line.
    Lexeme read_text() {
        ++at_;
        while (look() != ByteClass::line_end) {
            const char part = byte();
            ++at_;
            if (part == '"') return made(TokenKind::string);
            if (part == '\\' && look() != ByteClass::line_end) ++at_;
        }
        return made(TokenKind::unclosed_text);
    }

    Lexeme read_comment() {
        while (look() != ByteClass::line_end) ++at_;
        return made(TokenKind::comment);
    }

    Lexeme read_sign() {
        switch (byte()) {
            case '{': return made(TokenKind::open, 1);
            case '}': return made(TokenKind::close, 1);
            case '[': return made(TokenKind::open_list, 1);
            case ']': return made(TokenKind::close_list, 1);
            case '(': return made(TokenKind::open_arguments, 1);
            case ')': return made(TokenKind::close_arguments, 1);
            case ':': return made(TokenKind::colon, 1);
            case ',': return made(TokenKind::comma, 1);
            case '.': return byte(1) == '.' ? made(TokenKind::range, 2) : made(TokenKind::dot, 1);
            case '/': return made(TokenKind::per, 1);
            case '~': return made(TokenKind::guess, 1);
            case '?': return made(TokenKind::unknown, 1);
            case '<': return byte(1) == '=' ? made(TokenKind::at_most, 2) : made(TokenKind::below, 1);
            case '>': return byte(1) == '=' ? made(TokenKind::at_least, 2) : made(TokenKind::above, 1);
            case '=': return made(TokenKind::equal, 1);
            case '%': return made(TokenKind::percent_sign, 1);
            case '-': return made(TokenKind::minus, 1);
            case '"': return read_text();
            case '#': return read_comment();
            default: return read_unexpected();
        }
    }

    /// A whole character.
    Lexeme read_unexpected() {
        ++at_;
        while (look() == ByteClass::rest) ++at_;
        return made(TokenKind::unexpected);
    }

    std::string_view text_;
    std::size_t begin_, at_;
};

}  // namespace

Lexeme Scanner::next() {
    while (at_ < text_.size()) {
        const ByteClass look = class_of_byte[static_cast<unsigned char>(text_[at_])];
        if (look != ByteClass::blank && look != ByteClass::line_end) break;
        ++at_;
    }
    if (at_ == text_.size()) return {TokenKind::end, at_, at_};
    const Lexeme found = Reader(text_, at_).read();
    at_ = found.end;
    return found;
}

}  // namespace vsm::parse
