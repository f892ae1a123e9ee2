#include "compiler/parse/tokens/escapes.h"

#include <algorithm>

#include "base/text.h"
#include "diag/parse.h"

namespace vsm::parse {
namespace {

std::size_t escape_length(std::string_view rest) {
    if (rest.starts_with("\\u{")) {
        const std::size_t end = rest.find('}');
        return end == std::string_view::npos ? 3 : end + 1;
    }
    const auto next = rest.size() > 1 ? decode_utf8(rest, 1) : std::nullopt;
    return 1 + (next ? next->length : 0);
}

/// Appends the character of an escape; returns the escape's length, or 0 if it is invalid.
std::size_t escape(std::string_view rest, std::string& value) {
    if (rest.size() < 2) return 0;
    switch (rest[1]) {
        case '"': value += '"'; return 2;
        case '\\': value += '\\'; return 2;
        case 'n': value += '\n'; return 2;
        case 't': value += '\t'; return 2;
        case 'u': break;
        default: return 0;
    }
    const std::size_t end = rest.find('}');
    if (!rest.starts_with("\\u{") || end == std::string_view::npos || end == 3 || end > 9) return 0;
    char32_t character = 0;
    for (const char c : rest.substr(3, end - 3)) {
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) return 0;
        character = character * 16 + static_cast<char32_t>(digit);
    }
    if (character == 0 || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF)) return 0;
    append_utf8(value, character);
    return end + 1;
}

}  // namespace

std::string unescaped(const SourceFile& source, SourceRange whole, Diagnostics& diagnostics) {
    std::string_view quoted = source.text(whole);
    if (quoted.empty()) return {};
    if (quoted.front() != '"') return std::string(quoted);  // other quotes, reported: kept as written
    const bool closed = quoted.size() > 1 && quoted.back() == '"';
    quoted = quoted.substr(1, quoted.size() - (closed ? 2 : 1));
    std::string value;
    for (std::size_t at = 0; at < quoted.size();) {
        if (quoted[at] != '\\') {
            value += quoted[at++];
            continue;
        }
        const std::size_t length = escape(quoted.substr(at), value);
        if (length == 0) {
            const std::size_t shown = std::min(escape_length(quoted.substr(at)), quoted.size() - at);
            const auto begin = static_cast<std::uint32_t>(whole.begin + 1 + at);
            diagnostics
                .report(diag::bad_escape, {source.id(), begin, static_cast<std::uint32_t>(begin + shown)},
                        quoted.substr(at, shown))
                .help("write `\\\"`, `\\\\`, `\\n`, `\\t` or the number of a character, such as `\\u{E9}`");
            value.append(quoted.substr(at, shown));
            at += shown;
            continue;
        }
        at += length;
    }
    return value;
}

}  // namespace vsm::parse
