#include "base/text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <vector>

namespace vsm {
namespace {

/// Printable ASCII: most characters of most texts.
bool stands_for_itself(char c) { return c >= 0x20 && c < 0x7F; }

/// The number of edits (insert, delete, replace, swap of neighbours) between two lower-case words; any number above
/// `limit` if there are more.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
    std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '-'; }

/// Whether two lower-case words differ by one slip that leaves no doubt.
bool is_one_slip(std::string_view word, std::string_view meant) {
    const std::size_t shorter = std::min(word.size(), meant.size());
    std::size_t same = 0;
    while (same < shorter && word[same] == meant[same]) ++same;
    const auto rest = [&](std::string_view text, std::size_t skip) {
        return text.substr(std::min(same + skip, text.size()));
    };
    const auto letter = [&](std::string_view text, std::size_t at) {
        return at < text.size() && is_ascii_letter(text[at]);
    };
    if (word.size() == meant.size() && shorter >= 3 && letter(word, same) && letter(word, same + 1) &&
        word[same] == meant[same + 1] && word[same + 1] == meant[same] && rest(word, 2) == rest(meant, 2))
        return true;
    if (word.size() == meant.size())
        return shorter >= 6 && same > 0 && letter(word, same) && letter(meant, same) && rest(word, 1) == rest(meant, 1);
    if (shorter < 4) return false;
    if (word.size() == meant.size() + 1) return letter(word, same) && rest(word, 1) == rest(meant, 0);
    return word.size() + 1 == meant.size() && letter(meant, same) && rest(word, 0) == rest(meant, 1);
}

}  // namespace

std::optional<Decoded> decode_utf8(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    if (static_cast<unsigned char>(text[at]) < 0x80) return Decoded{static_cast<unsigned char>(text[at]), 1};
    utf8proc_int32_t character = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                         static_cast<utf8proc_ssize_t>(text.size() - at), &character);
    if (length <= 0) return std::nullopt;
    return Decoded{static_cast<char32_t>(character), static_cast<std::uint32_t>(length)};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        const auto found = decode_utf8(text, at);
        if (!found) return at;
        at += found->length;
    }
    return std::nullopt;
}

void append_utf8(std::string& text, char32_t character) {
    utf8proc_uint8_t bytes[4];
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), bytes);
    text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

bool is_invisible(char32_t c) {
    if (c < 0x7F) return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    if ((c & 0xFFFE) == 0xFFFE) return true;  // never a character
    // a blank of Braille, marks of annotations, and what Unicode reserves for invisible characters
    if (c == 0x2800 || c == 0x2065 || (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF)) return true;
    const bool chooses_a_form = c == 0xFE0E || c == 0xFE0F || (c >= 0x180B && c <= 0x180D) || c == 0x180F;
    if (chooses_a_form) return false;
    const utf8proc_property_t& property = *utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
    return property.ignorable != 0 || property.category == UTF8PROC_CATEGORY_CC ||
           property.category == UTF8PROC_CATEGORY_ZL || property.category == UTF8PROC_CATEGORY_ZP;
}

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto end = static_cast<std::size_t>(
            std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), stands_for_itself) -
            text.begin());
        shown.append(text.substr(at, end - at));
        at = end;
        if (at == text.size()) break;
        const auto found = decode_utf8(text, at);
        if (!found) {
            fmt::format_to(std::back_inserter(shown), "\\x{{{:02X}}}", static_cast<unsigned char>(text[at]));
            ++at;
            continue;
        }
        const bool hidden = is_invisible(found->character) || found->character == '\n' || found->character == '\r';
        if (hidden) {
            fmt::format_to(std::back_inserter(shown), "\\u{{{:X}}}", static_cast<std::uint32_t>(found->character));
        } else {
            shown.append(text.substr(at, found->length));
        }
        at += found->length;
    }
    return shown;
}

std::string log_text(std::string_view text) {
    std::string shown = printable(text);
    for (std::size_t at = shown.find("##["); at != std::string::npos; at = shown.find("##[", at))
        shown.replace(at + 2, 1, "\\u{5B}");
    const std::size_t begin = shown.find_first_not_of(" \t");
    if (begin != std::string::npos && shown.compare(begin, 2, "::") == 0) shown.replace(begin, 1, "\\u{3A}");
    return shown;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] >= ' ' && text[at] <= '~') {
            ++width;
            ++at;
            continue;
        }
        const auto found = decode_utf8(text, at);
        if (!found) {
            ++width;
            ++at;
            continue;
        }
        const int columns = utf8proc_charwidth(static_cast<utf8proc_int32_t>(found->character));
        width += static_cast<std::size_t>(std::max(columns, 0));
        at += found->length;
    }
    return width;
}

std::size_t character_end(std::string_view text, std::size_t at) {
    constexpr std::size_t most = 64;
    const std::size_t begin = at;
    utf8proc_int32_t state = 0;
    char32_t before = 0;
    while (at < text.size()) {
        const auto found = decode_utf8(text, at);
        if (!found) return std::max(at, begin + 1);
        const auto one = static_cast<utf8proc_int32_t>(found->character);
        if (at > begin && (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before), one, &state) ||
                           at - begin + found->length > most))
            return at;
        before = found->character;
        at += found->length;
    }
    return at;
}

std::string shortened(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    std::size_t kept = 0, at = 0;
    for (std::size_t count = 0; at < text.size() && count < most; ++count) {
        if (count + 1 == most) kept = at;  // the last place is for `…`, if the text is cut
        at = character_end(text, at);
    }
    return at == text.size() ? std::string(text) : std::string(text.substr(0, kept)) + "…";
}

std::string with_short_quotes(std::string message) {
    constexpr std::size_t most_words = 300, most = 2000;
    std::size_t longest = 0, begin = 0;  // of the parts, in bytes
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
        end = message.find('`', begin);
        longest = std::max(longest, std::min(end, message.size()) - begin);
    }
    if (longest <= most_quoted && message.size() <= most) return message;
    std::string made;
    std::string_view rest = message;
    for (bool quoted = false; made.size() < most; quoted = !quoted) {
        const std::string_view part = rest.substr(0, rest.find('`'));
        made += shortened(part, quoted ? most_quoted : most_words);
        if (part.size() == rest.size()) break;
        made += '`';
        rest.remove_prefix(part.size() + 1);
    }
    return shortened(made, most);
}

std::string lower_case(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lowered;
}

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates,
                                        std::size_t most) {
    const std::size_t longest_compared = 64;
    if (word.empty() || word.size() > longest_compared) return std::nullopt;
    const std::string wanted = lower_case(word);
    std::size_t best = most > 0 ? most : wanted.size() < 3 ? 1 : wanted.size() < 7 ? 2 : 3;
    best = std::min(best, wanted.size() - (wanted.size() > 1 ? 1 : 0)) + 1;
    std::optional<std::string_view> found;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > longest_compared) continue;
        const std::size_t distance = edit_distance(wanted, lower_case(candidate), best - 1);
        if (distance >= best || distance >= std::max(candidate.size(), std::size_t{2})) continue;
        best = distance;
        found = candidate;
        if (best == 0) break;
    }
    return found;
}

bool is_misspelling(std::string_view word, std::string_view meant, std::span<const std::string_view> candidates) {
    const std::string wanted = lower_case(word);
    if (wanted == lower_case(meant)) return true;
    if (!is_one_slip(wanted, lower_case(meant))) return false;
    return std::none_of(candidates.begin(), candidates.end(), [&](std::string_view other) {
        return other != meant && edit_distance(wanted, lower_case(other), 1) <= 1;
    });
}

}  // namespace vsm
