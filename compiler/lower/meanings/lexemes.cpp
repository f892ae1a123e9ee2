// Divides a phrase into numbers, words and signs.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "compiler/lower/meanings/phrases.h"

namespace vsm::lower {
namespace {

using Kind = Lexeme::Kind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Characters that keyboards lack, and their ASCII forms.
constexpr auto signs = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"–", "-"},      {"—", "-"},      {"‒", "-"},   {"−", "-"},   {"‐", "-"},   {"‑", "-"},      {"…", ".."},
    {"≈", "~"},      {"≤", "<="},     {"≥", ">="},  {"½", "1/2"}, {"¼", "1/4"}, {"¾", "3/4"},    {"⅛", "1/8"},
    {"⅕", "1/5"},    {"⅖", "2/5"},    {"⅗", "3/5"}, {"⅘", "4/5"}, {"×", "x"},   {"\u00A0", " "}, {"\u2009", " "},
    {"\u202F", " "}, {"\u2007", " "}, {"’", "'"},   {"“", "\""},  {"”", "\""},  {"„", "\""},
});

std::string plain(std::string_view text) {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const bool is_ascii = static_cast<unsigned char>(text[at]) < 0x80;
        const auto found = is_ascii ? signs.end() : std::find_if(signs.begin(), signs.end(), [&](const auto& sign) {
            return text.substr(at).starts_with(sign.first);
        });
        if (found == signs.end()) {
            made += text[at++];
            continue;
        }
        const bool fraction = found->second.size() == 3;
        if (fraction && !made.empty() && is_digit(made.back())) made += ' ';
        made += fraction ? std::string(found->second) + '\x01' : std::string(found->second);  // \x01: no second reading
        at += found->first.size();
    }
    return lower_case(made);
}

/// The end of the number at `at`, with its separators: `1.200,5`, `1'200`.
std::size_t end_of_number(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        const bool parts = std::string_view(".,'_").find(text[at]) != std::string_view::npos && at + 1 < text.size() &&
                           is_digit(text[at + 1]);
        if (!is_digit(text[at]) && !parts) break;
        ++at;
    }
    return at;
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
    while (at < text.size() && (is_letter(text[at]) || static_cast<unsigned char>(text[at]) >= 0x80)) ++at;
    return at;
}

/// A run of `.`, `-` or `?` is one sign; `<=` and `>=` are signs of two characters.
std::size_t end_of_sign(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (c == '.' || c == '-' || c == '?') {
        while (at < text.size() && text[at] == c) ++at;
        return at;
    }
    return at + ((c == '<' || c == '>') && at + 1 < text.size() && text[at + 1] == '=' ? 2 : 1);
}

}  // namespace

std::vector<Lexeme> lexemes_of(std::string_view text) {
    const std::string written = plain(text);
    std::vector<Lexeme> made;
    for (std::size_t at = 0; at < written.size();) {
        const char c = written[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++at;
            continue;
        }
        const bool word = is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
        const Kind kind = is_digit(c) ? Kind::number : word ? Kind::word : Kind::sign;
        const bool arrow = c == '-' && at + 1 < written.size() && written[at + 1] == '>';
        const std::size_t end = arrow                  ? at + 2
                                : kind == Kind::number ? end_of_number(written, at)
                                : word                 ? end_of_word(written, at)
                                                       : end_of_sign(written, at);
        std::string found = written.substr(at, end - at);
        if (kind == Kind::sign && !arrow) {
            if (found.size() > 1 && (c == '-' || c == '?')) found = std::string(1, c);
            if (found.size() > 2 && c == '.') found = "..";
        }
        made.push_back({kind, std::move(found)});
        // the point of `approx.` is part of the word
        at = end + (word && end < written.size() && written[end] == '.' &&
                            (end + 1 == written.size() || written[end + 1] == ' ')
                        ? 1
                        : 0);
    }
    return made;
}

}  // namespace vsm::lower
