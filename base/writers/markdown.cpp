#include "base/writers/markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace vsm {
namespace {

constexpr std::string_view word_joiner = "&#8288;";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_digit(c) || is_letter(c) || c == '_'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Whether a sigil turns the text after it into a mention, a number or an address.
bool calls(std::string_view text, std::size_t at) {
    constexpr std::string_view sigils = "@#!$&~%:", further = "\"'+-/";
    if (sigils.find(text[at]) == std::string_view::npos || at + 1 == text.size()) return false;
    const char next = text[at + 1];
    return is_word(next) || static_cast<unsigned char>(next) >= 0x80 || further.find(next) != std::string_view::npos;
}

/// The length of the word at `at` if it could be a commit hash (7 to 40 hexadecimal digits); else 0.
std::size_t commit_at(std::string_view text, std::size_t at) {
    if (at > 0 && is_word(text[at - 1])) return 0;
    std::size_t end = at;
    while (end < text.size() && is_hex(text[end])) ++end;
    const bool whole = end == text.size() || !is_word(text[end]);
    return whole && end - at >= 7 && end - at <= 40 ? end - at : 0;
}

/// Whether a word that becomes a link begins here: `www.`, `GH-1`.
bool begins_link(std::string_view text, std::size_t at) {
    if (at > 0 && is_word(text[at - 1])) return false;
    const std::string begin = lower_case(text.substr(at, 4));
    return begin == "www." || (begin.starts_with("gh-") && begin.size() == 4 && is_digit(begin[3]));
}

bool is_plain(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || is_digit(c) || is_letter(c) ||
           std::string_view(" .,;?%/+=-").find(c) != std::string_view::npos;
}

}  // namespace

std::string markdown_text(std::string_view text) {
    std::string line(text);
    std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    line = printable(line);
    std::string shown;
    std::size_t begin = 0, end = 0;  // of a possible commit hash, no part of which may remain one
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (const std::size_t length = commit_at(line, at); length > 0) begin = at, end = at + length;
        if (is_plain(line[at]))
            shown += line[at];
        else
            shown += fmt::format("&#{};", static_cast<int>(line[at]));
        if (calls(line, at) || begins_link(line, at) || (at + 1 < end && (at - begin) % 6 == 5)) shown += word_joiner;
    }
    return shown;
}

std::string markdown_block(std::string_view language, std::string_view content) {
    std::size_t longest = 2, run = 0;
    for (const char c : content) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    const bool ended = content.empty() || content.back() == '\n';
    return fmt::format("{}{}\n{}{}{}\n", fence, language, content, ended ? "" : "\n", fence);
}

}  // namespace vsm
