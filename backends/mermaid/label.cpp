#include "backends/mermaid/label.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "base/text.h"

namespace vsm::backends::mermaid {
namespace {

/// Sequences that Mermaid interprets in decoded text: formulas, icons, links, and (the last two) the marks its
/// encodeEntities puts around codes. Inert once a word joiner follows the first character.
constexpr std::string_view live[] = {"$$", ":fa-", "://", "www.", "](", "ﬂ°", "¶ß"};
constexpr std::string_view word_joiner = "#8288;";

bool starts_live(std::string_view text) {
    return std::any_of(std::begin(live), std::end(live), [&](std::string_view word) { return text.starts_with(word); });
}

/// Whether Markdown reads the line as a list item, heading, quotation, table or code block.
bool starts_block(std::string_view line) {
    const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    const std::string_view rest = line.substr(digits);
    if (digits > 0) return rest.starts_with(". ") || rest.starts_with(") ") || rest == "." || rest == ")";
    return !rest.empty() && std::string_view("-+*#>~`=_|").find(rest.front()) != std::string_view::npos;
}

bool plain(char32_t c) {
    if (c >= 0x80) return true;
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == ',';
}

/// Whether a character may also stay unquoted: not the `%` of `%%` and `%{`, which begin comments and directives.
bool plain_in_line(std::string_view line, std::size_t at) {
    if (line[at] != '%') return std::string_view(".-/()'").find(line[at]) != std::string_view::npos;
    const bool alone = at == 0 || line[at - 1] != '%';
    return alone && (at + 1 == line.size() || (line[at + 1] != '%' && line[at + 1] != '{'));
}

std::string code_of(char32_t character) { return fmt::format("#{};", static_cast<std::uint32_t>(character)); }

/// The text on one line. Encodes all characters except those that are plain anywhere and those that `also` accepts.
template <class Also>
std::string coded_but(std::string_view text, Also also) {
    std::string spaced(text);
    std::replace_if(spaced.begin(), spaced.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    const std::string shown = printable(spaced);
    std::string code;
    if (starts_block(shown)) code += word_joiner;
    for (std::size_t at = 0; at < shown.size();) {
        const auto found = decode_utf8(shown, at);
        const std::uint32_t length = found ? found->length : 1;
        if (found && (plain(found->character) || also(std::string_view(shown), at)))
            code += std::string_view(shown).substr(at, length);
        else if (found)
            code += code_of(found->character);
        if (starts_live(std::string_view(shown).substr(at))) code += word_joiner;
        at += length;
    }
    return code;
}

}  // namespace

std::string coded(std::string_view text) {
    return coded_but(text, [](std::string_view, std::size_t) { return false; });
}

std::string coded_line(std::string_view text) { return coded_but(text, plain_in_line); }

std::string coded_head(std::string_view text) {
    std::string code = coded_line(text);
    if (code.empty() || code.front() == '#' || static_cast<unsigned char>(code.front()) >= 0x80) return code;
    return code_of(static_cast<unsigned char>(code.front())) + code.substr(1);
}

Label& Label::line(std::string_view text) {
    if (text.empty()) return *this;
    if (!lines_.empty()) lines_ += "<br/>";
    lines_ += coded(text);
    return *this;
}

}  // namespace vsm::backends::mermaid
