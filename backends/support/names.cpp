#include "backends/support/names.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/text.h"

namespace vsm::backends {
namespace {

constexpr std::size_t shortest_stem = 20;  ///< including the number that makes a taken name unique

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool allowed(char32_t character, const NameRule& rule) {
    if (character >= 0x80) return false;
    const char c = static_cast<char>(character);
    return is_letter(c) || (c >= '0' && c <= '9') || rule.also.find(c) != std::string_view::npos;
}

/// Calls `put` with each part of a compatibility decomposition, without diacritics.
template <class Put>
void each_part(char32_t character, Put put) {
    if (character < 0x80) return put(character);
    std::array<utf8proc_int32_t, 16> parts;
    int boundary = 0;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK);
    const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(character), parts.data(),
                                               static_cast<utf8proc_ssize_t>(parts.size()), options, &boundary);
    if (count < 0 || count > static_cast<utf8proc_ssize_t>(parts.size())) return put(character);
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) put(static_cast<char32_t>(parts[i]));
}

}  // namespace

std::string name_from(std::string_view text, const NameRule& rule) {
    std::string name;
    bool gap = false;
    const auto put = [&](char32_t part) {
        if (!allowed(part, rule) || part == U'-') {
            gap = true;
            return;
        }
        if (gap && !name.empty()) name += '-';
        gap = false;
        name += static_cast<char>(part);
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto found = decode_utf8(text, at);
        each_part(found ? found->character : U'-', put);
        at += found ? found->length : 1;
    }
    if (rule.letter_first && !name.empty() && !is_letter(name.front()) && name.front() != '_') name.insert(0, 1, '_');
    return name;
}

std::string Names::claim(std::string_view wanted, std::string_view otherwise, std::string_view tail) {
    VSM_CHECK(tail.size() + std::min(shortest_stem, rule_.longest / 2) <= rule_.longest);
    std::string stem = name_from(wanted, rule_);
    if (stem.empty()) stem = name_from(otherwise, rule_);
    VSM_CHECK(!stem.empty());
    const auto composed = [&](std::string_view number) {
        const std::size_t room = rule_.longest - tail.size() - number.size();
        return fmt::format("{}{}{}", std::string_view(stem).substr(0, room), number, tail);
    };
    std::string name = composed("");
    const std::string first = lower_case(name);
    for (std::size_t& number = last_.try_emplace(first, 1).first->second; !taken_.insert(lower_case(name)).second;)
        name = composed(fmt::format("-{}", ++number));
    return name;
}

}  // namespace vsm::backends
