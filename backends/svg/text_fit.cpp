#include "backends/svg/text_fit.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace vsm::backends::svg {
namespace {

/// Advance widths of U+0020 to U+007E in hundredths of the font size, rounded up; measured in DejaVu Sans 2.37.
constexpr std::array<std::uint8_t, 95> normal_widths{
    32, 41, 46, 84, 64, 96, 78, 28, 40,  40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79,
    61, 79, 70, 64, 62, 74, 69, 99, 69,  62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64,
    64, 28, 28, 58, 28, 98, 64, 62, 64,  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84};
constexpr std::array<std::uint8_t, 95> bold_widths{
    35, 46, 53, 84, 70, 101, 88, 31,  46,  46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70,  70, 70,
    70, 70, 40, 40, 84, 84,  84, 59,  100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 38, 78, 64, 100, 84, 86,
    74, 86, 78, 73, 69, 82,  78, 111, 78,  73, 73, 46, 37, 46, 84, 50, 50, 68, 72, 60, 72, 68,  44, 72,
    72, 35, 35, 67, 35, 105, 72, 69,  72,  72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72,  84};

/// The same for U+0410 to U+044F.
constexpr std::array<std::uint8_t, 64> normal_cyrillic{
    69, 69, 69,  61,  79, 64, 108, 65, 75,  75, 71, 76, 87, 76, 79, 76, 61, 70, 62, 61, 87, 69,
    78, 69, 107, 110, 84, 89, 69,  70, 108, 70, 62, 62, 59, 53, 70, 62, 91, 54, 65, 65, 61, 64,
    76, 66, 62,  66,  64, 55, 59,  60, 86,  60, 69, 60, 92, 95, 71, 79, 59, 55, 85, 61};
constexpr std::array<std::uint8_t, 64> bold_cyrillic{
    78, 77, 77,  64,  90, 69,  123, 72, 84,  84, 82, 84, 100, 84,  86, 84, 74,  74, 69, 78, 100, 78,
    93, 81, 124, 133, 94, 104, 77,  74, 118, 78, 68, 70, 64,  53,  81, 68, 100, 59, 71, 71, 68,  74,
    82, 70, 69,  70,  72, 60,  58,  66, 100, 65, 75, 69, 107, 111, 76, 91, 64,  60, 98, 65};

/// A character with its combining marks, and its width in hundredths of the font size.
struct Glyph {
    std::size_t begin = 0;
    std::size_t end = 0;
    double width = 0;
};

/// Beyond ASCII, approximates the widest letters of a script, so that a line of them fits.
double width_of(char32_t character, std::string_view bytes, Weight weight) {
    if (character >= 0x20 && character < 0x7F)
        return (weight == Weight::bold ? bold_widths : normal_widths)[character - 0x20];
    const std::size_t columns = display_width(bytes);
    if (columns == 0) return 0;
    if (character >= 0x1F000) return 135;  // emoji
    if (columns > 1) return 104;
    const double bolder = weight == Weight::bold ? 1.15 : 1;
    if (character < 0x400) return 72 * bolder;
    if (character >= 0x410 && character < 0x450)
        return (weight == Weight::bold ? bold_cyrillic : normal_cyrillic)[character - 0x410];
    if (character < 0x530) return 88 * bolder;  // Cyrillic
    if (character < 0x800) return 75 * bolder;  // Hebrew, and Arabic, whose letters are narrower in a word than alone
    return 95 * bolder;
}

std::vector<Glyph> glyphs_of(std::string_view text, Weight weight) {
    std::vector<Glyph> glyphs;
    glyphs.reserve(text.size());
    bool joined = false, half_flag = false;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] >= 0x20 && text[at] < 0x7F && !joined) {
            glyphs.push_back({at, at + 1, width_of(static_cast<char32_t>(text[at]), {}, weight)});
            half_flag = false;
            ++at;
            continue;
        }
        const auto decoded = decode_utf8(text, at);
        const std::size_t length = decoded ? decoded->length : 1;
        const char32_t character = decoded ? decoded->character : U'?';
        const double width = width_of(character, text.substr(at, length), weight);
        const bool tone = character >= 0x1F3FB && character <= 0x1F3FF,
                   letter_of_flag = character >= 0x1F1E6 && character <= 0x1F1FF;
        if ((width == 0 || joined || tone || (letter_of_flag && half_flag)) && !glyphs.empty()) {
            glyphs.back().end = at + length;
            // a font without the ligature draws the parts one after another
            glyphs.back().width += width;
        } else {
            glyphs.push_back({at, at + length, width});
        }
        joined = character == 0x200D;
        half_flag = letter_of_flag && !half_flag;
        at += length;
    }
    return glyphs;
}

std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    return printable(line);
}

/// Whether a long word may break here: `Provision|Environment`, `load_|test`.
bool begins_part(std::string_view line, std::size_t before, std::size_t at) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const char last = line[before];
    return (lower(last) && upper(line[at])) || last == '_' || last == '-' || last == '/' || last == '.';
}

constexpr double ellipsis_width = 100;

/// The longest prefix that fits before an ellipsis, and the ellipsis.
std::string cut_to(std::string_view text, double width, double size, Weight weight) {
    const double room = width * 100 / size - ellipsis_width;
    double used = 0;
    std::size_t end = 0;
    for (const Glyph& glyph : glyphs_of(text, weight)) {
        if (used + glyph.width > room) break;
        used += glyph.width;
        end = glyph.end;
    }
    while (end > 0 && text[end - 1] == ' ') --end;
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace

double text_width(std::string_view text, double size, Weight weight) {
    double hundredths = 0;
    const auto is_ascii = [](char c) { return c >= 0x20 && c < 0x7F; };
    if (std::all_of(text.begin(), text.end(), is_ascii)) {
        for (const char c : text) hundredths += width_of(static_cast<char32_t>(c), {}, weight);
        return hundredths * size / 100;
    }
    for (const Glyph& glyph : glyphs_of(text, weight)) hundredths += glyph.width;
    return hundredths * size / 100;
}

std::string fitted(std::string_view text, double width, double size, Weight weight) {
    std::string line = one_line(text);
    return text_width(line, size, weight) <= width ? line : cut_to(line, width, size, weight);
}

namespace {

/// Breaks a text into lines of a given width.
class Wrapper {
public:
    Wrapper(std::string line, double width, double size, Weight weight)
        : line_(std::move(line)), glyphs_(glyphs_of(line_, weight)), width_(width), size_(size), weight_(weight) {}

    std::vector<std::string> lines(std::size_t most) const {
        std::vector<std::string> made;
        std::size_t first = past_blanks(0);
        while (first < glyphs_.size()) {
            const std::size_t fits = end_of_fit(first, width_ * 100 / size_);
            if (made.size() + 1 == most && fits < glyphs_.size()) {
                made.push_back(cut_to(std::string_view(line_).substr(glyphs_[first].begin), width_, size_, weight_));
                break;
            }
            const Break at = break_of(first, fits);
            made.push_back(text(first, at.end) + (at.hyphen ? "-" : ""));
            first = past_blanks(at.end);
        }
        return made;
    }

private:
    struct Break {
        std::size_t end = 0;  ///< index of the next line's first glyph
        bool hyphen = false;
    };

    bool is_blank(std::size_t at) const { return line_[glyphs_[at].begin] == ' '; }

    std::size_t past_blanks(std::size_t at) const {
        while (at < glyphs_.size() && is_blank(at)) ++at;
        return at;
    }

    std::size_t end_of_fit(std::size_t first, double room) const {
        std::size_t at = first;
        for (double used = 0; at < glyphs_.size() && used + glyphs_[at].width <= room; ++at) used += glyphs_[at].width;
        return std::max(at, first + 1);
    }

    /// Prefers a space, then a boundary inside a name, then any position, with a hyphen between letters of an alphabet
    /// that hyphenates.
    Break break_of(std::size_t first, std::size_t fits) const {
        if (fits == glyphs_.size() || is_blank(fits)) return {fits, false};
        for (std::size_t at = fits; at > first + 1; --at)
            if (is_blank(at - 1)) return {at - 1, false};
        for (std::size_t at = fits; at > first + 1; --at)
            if (begins_part(line_, glyphs_[at - 1].begin, glyphs_[at].begin)) return {at, false};
        return within_word(first, fits);
    }

    /// Avoids stumps of one or two letters on either line.
    Break within_word(std::size_t first, std::size_t fits) const {
        constexpr std::size_t stump = 3, hyphen_width = 45;
        if (!is_hyphenated(fits - 1) || !is_hyphenated(fits)) return {fits, false};
        std::size_t end = first, rest = fits;
        while (rest < glyphs_.size() && !is_blank(rest)) ++rest;
        end = end_of_fit(first, width_ * 100 / size_ - hyphen_width);
        if (rest < end + stump) end = rest > first + 2 * stump ? rest - stump : end;
        return end < first + stump ? Break{fits, false} : Break{end, true};
    }

    /// Letters of the Latin, Greek and Cyrillic scripts.
    bool is_hyphenated(std::size_t at) const {
        const auto found = decode_utf8(line_, glyphs_[at].begin);
        const char32_t letter = found ? found->character : 0;
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= 0xC0 && letter < 0x530);
    }

    std::string text(std::size_t first, std::size_t end) const {
        const std::size_t stop = end == glyphs_.size() ? line_.size() : glyphs_[end].begin;
        std::string_view part = std::string_view(line_).substr(glyphs_[first].begin, stop - glyphs_[first].begin);
        while (part.ends_with(' ')) part.remove_suffix(1);
        return std::string(part);
    }

    std::string line_;
    std::vector<Glyph> glyphs_;
    double width_, size_;
    Weight weight_;
};

}  // namespace

std::vector<std::string> wrapped(std::string_view text, double width, double size, std::size_t lines, Weight weight) {
    return Wrapper(one_line(text), width, size, weight).lines(lines);
}

double longest_word(std::string_view text, double size, Weight weight) {
    double longest = 0;
    const std::string line = one_line(text);
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        longest = std::max(longest, text_width(std::string_view(line).substr(at, end - at), size, weight));
        at = end + 1;
    }
    return longest;
}

}  // namespace vsm::backends::svg
