#include "backends/mermaid/label.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace vsm::backends::mermaid {
namespace {

/// Mermaid marks entity codes with these while it reads a diagram (its encodeEntities); from a user they could forge one.
constexpr std::u32string_view marks = U"ﬂ¶";

bool plain(char32_t c) {
    if (c >= 0x80) return marks.find(c) == std::u32string_view::npos;
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == ',';
}

}  // namespace

std::string coded(std::string_view text) {
    std::string spaced(text);
    std::replace_if(
        spaced.begin(), spaced.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    const std::string shown = printable(spaced);
    std::string code;
    for (std::size_t at = 0; at < shown.size();) {
        const auto found = decode_utf8(shown, at);
        const std::uint32_t length = found ? found->length : 1;
        if (found && plain(found->character))
            code += std::string_view(shown).substr(at, length);
        else if (found)
            fmt::format_to(std::back_inserter(code), "#{};", static_cast<std::uint32_t>(found->character));
        at += length;
    }
    return code;
}

Label& Label::line(std::string_view text) {
    if (text.empty()) return *this;
    if (!lines_.empty()) lines_ += "<br/>";
    lines_ += coded(text);
    return *this;
}

}  // namespace vsm::backends::mermaid
