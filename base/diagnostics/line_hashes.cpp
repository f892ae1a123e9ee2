#include "base/diagnostics/line_hashes.h"

#include <fmt/format.h>

#include <map>

#include "base/text.h"

namespace vsm {
namespace {

constexpr std::size_t window_size = 100;
constexpr std::uint64_t factor = 37;
constexpr std::uint16_t end_of_text = 0xFFFF;

struct Units {
    std::vector<std::uint16_t> units;      ///< without blanks; line ends as \n, the end as end_of_text
    std::vector<std::size_t> line_begins;  ///< indices into units
};

void append_utf16(std::vector<std::uint16_t>& units, char32_t c) {
    if (c < 0x10000) return units.push_back(static_cast<std::uint16_t>(c));
    units.push_back(static_cast<std::uint16_t>(0xD800 + ((c - 0x10000) >> 10)));
    units.push_back(static_cast<std::uint16_t>(0xDC00 + ((c - 0x10000) & 0x3FF)));
}

Units units_of(std::string_view text) {
    Units made;
    made.line_begins.push_back(0);
    for (std::size_t at = 0; at < text.size();) {
        const auto found = decode_utf8(text, at);
        const char32_t c = found ? found->character : 0xFFFD;
        const bool after_return = at > 0 && text[at - 1] == '\r';
        at += found ? found->length : 1;
        if (c == ' ' || c == '\t' || (c == '\n' && after_return)) continue;
        append_utf16(made.units, c == '\r' ? U'\n' : c);
        if (c == '\r' || c == '\n') made.line_begins.push_back(made.units.size());
    }
    made.units.push_back(end_of_text);
    return made;
}

std::uint64_t power(std::uint64_t base, std::size_t exponent) {
    std::uint64_t product = 1;
    for (std::size_t i = 0; i < exponent; ++i) product *= base;
    return product;
}

/// 64-bit FNV-1a from a given start value.
std::uint64_t fnv(std::string_view text, std::uint64_t hash) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

}  // namespace

std::vector<std::string> line_hashes(std::string_view text) {
    const Units all = units_of(text);
    const std::uint64_t leaving = power(factor, window_size);
    const auto unit = [&](std::size_t at) -> std::uint64_t { return at < all.units.size() ? all.units[at] : 0; };
    std::vector<std::string> hashes;
    std::map<std::uint64_t, std::size_t> seen;
    std::uint64_t hash = 0;
    std::size_t end = 0;  // hash covers the window_size units before it
    for (const std::size_t begin : all.line_begins) {
        for (; end < begin + window_size; ++end)
            hash = hash * factor + unit(end) - (end < window_size ? 0 : leaving * unit(end - window_size));
        hashes.push_back(fmt::format("{:x}:{}", hash, ++seen[hash]));
    }
    return hashes;
}

std::string digest(std::string_view text) {
    return fmt::format("{:016x}{:016x}", fnv(text, 0xcbf29ce484222325), fnv(text, 0x84222325cbf29ce4));
}

}  // namespace vsm
