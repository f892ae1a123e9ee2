// Measures, wraps and shortens text. Uses the widths of DejaVu Sans, the widest common sans-serif font, so that a text
// that fits here fits in the others. Does not interpret the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vsm::backends::svg {

enum class Weight { normal, bold };

/// In the unit of `size`, the font size.
double text_width(std::string_view text, double size, Weight weight = Weight::normal);

/// The text if it fits, else its longest prefix that fits with `…`; never splits a character from its combining marks.
std::string fitted(std::string_view text, double width, double size, Weight weight = Weight::normal);

/// At most `lines` lines, broken between words if possible; ends in `…` if text was left out.
std::vector<std::string> wrapped(std::string_view text, double width, double size, std::size_t lines,
                                 Weight weight = Weight::normal);

/// The width of the longest word.
double longest_word(std::string_view text, double size, Weight weight = Weight::normal);

}  // namespace vsm::backends::svg
