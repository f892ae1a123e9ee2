// Compares the scanner with the lexer that ANTLR generates from the grammar.
#include "compiler/parse/tokens/scanner.h"

#include <CharStream.h>
#include <VsmLexer.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <random>

#include "base/text.h"
#include "tests/support/mutants.h"
#include "tests/support/project.h"
#include "tests/support/rounds.h"

namespace {

using namespace vsm;
using grammar::VsmLexer;
using parse::Lexeme;
using parse::TokenKind;

/// What the lexer sees for a byte: characters that the grammar does not tell apart are alike, and the signs, blanks and
/// fractions from U+0080 to U+00BF and from U+2000 to U+2FFF, which no word contains, are not letters. The lexer
/// computes its tables again for each character.
unsigned char look_of(unsigned char byte) {
    if (byte == 'n' || byte == 'a') return byte;
    if (byte == 0xC2 || byte == 0xE2) return '\x01';
    const bool letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_' || byte >= 0x7F;
    return letter ? 'x' : byte >= '0' && byte <= '9' ? '0' : byte;
}

/// Presents valid UTF-8 to the lexer; indices are byte offsets.
class ByteStream final : public antlr4::CharStream {
public:
    explicit ByteStream(std::string_view text) : text_(text) {}

    void consume() override {
        ++at_;
        while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80) ++at_;
    }
    size_t LA(ssize_t ahead) override {
        const std::size_t at = at_ + static_cast<std::size_t>(ahead) - 1;
        return at < text_.size() ? look_of(static_cast<unsigned char>(text_[at])) : antlr4::IntStream::EOF;
    }
    ssize_t mark() override { return -1; }
    void release(ssize_t) override {}
    size_t index() override { return at_; }
    void seek(size_t index) override { at_ = index; }
    size_t size() override { return text_.size(); }
    std::string getSourceName() const override { return {}; }
    std::string getText(const antlr4::misc::Interval&) override { return {}; }
    std::string toString() const override { return {}; }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

std::string text_of(const Lexeme& one) {
    return fmt::format("{}:{}-{}", static_cast<int>(one.kind), one.begin, one.end);
}

std::string by_lexer(std::string_view text) {
    ByteStream stream(text);
    VsmLexer lexer(&stream);
    lexer.removeErrorListeners();
    std::string all;
    for (;;) {
        const std::unique_ptr<antlr4::Token> found = lexer.nextToken();
        if (found->getType() == antlr4::Token::EOF) return all;
        all += text_of({static_cast<TokenKind>(found->getType()), static_cast<std::uint32_t>(found->getStartIndex()),
                        static_cast<std::uint32_t>(found->getStopIndex() + 1)}) +
               " ";
    }
}

std::string by_scanner(std::string_view text) {
    parse::Scanner scanner(text);
    std::string all;
    for (Lexeme found = scanner.next(); found.kind != TokenKind::end; found = scanner.next())
        all += text_of(found) + " ";
    return all;
}

/// Pieces of maps, and characters at the edges of the lexer's rules.
constexpr auto pieces = std::to_array<std::string_view>(
    {"a",    "n",  "n/a", "na", "/",       "x_1",    "-",      "--",     "1",          "12",         "1.5",     "1.",
     ".5",   "..", "...", "1d", "1h30min", "1.5d",   "5%",     "%",      "2026-11-30", "2026-11",    "1-",      "-1",
     "~",    "?",  "<",   "<=", ">",       ">=",     "=",      "{",      "}",          "[",          "]",       "(",
     ")",    ":",  ",",   "\"", "\"a\"",   "\\",     "\\\"",   "\\\\",   "#",          "# note",     "\n",      "\r",
     "\r\n", "\t", " ",   "  ", "\u00E9",  "\u00A0", "\u2026", "\u00BD", "\u20AC",     "\U0001F600", "\u4E2D",  "!",
     ";",    "*",  "+",   "'",  "|",       "@",      "\x01",   "step",   "team",       "lead",       "process", "_",
     "Z9",   "0"});

std::string random_text(std::mt19937& random) {
    std::string text;
    for (std::size_t left = 1 + random() % 12; left > 0; --left) text += pieces[random() % pieces.size()];
    return text;
}

}  // namespace

TEST_CASE("the scanner gives the tokens of the grammar's lexer") {
    for (const std::string& map : tests::small_maps(1'000'000)) {
        CAPTURE(map);
        CHECK(by_scanner(map) == by_lexer(map));
    }
    std::mt19937 random(20261130);
    for (std::size_t round = tests::rounds(20'000); round > 0; --round) {
        const std::string text = random_text(random);
        CAPTURE(text);
        REQUIRE(by_scanner(text) == by_lexer(text));
    }
}

TEST_CASE("the scanner gives the same tokens for a map with a mistake") {
    const std::vector<std::string> maps = tests::small_maps();
    std::mt19937 random(7);
    for (std::size_t round = tests::rounds(2'000); round > 0; --round) {
        std::string text = maps[random() % maps.size()].substr(0, 400);
        text.insert(random() % (text.size() + 1), random_text(random));
        while (find_invalid_utf8(text)) text.erase(*find_invalid_utf8(text), 1);
        CAPTURE(text);
        REQUIRE(by_scanner(text) == by_lexer(text));
    }
}
