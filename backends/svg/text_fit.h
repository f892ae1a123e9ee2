// How wide a text is drawn, and how it is broken and shortened to fit. Widths are those of DejaVu Sans, the widest of the common sans-serif
// fonts, so that a text that fits here fits in any of them. Does not know what the text says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vsm::backends::svg {

enum class Weight { normal, bold };

/// In the units of `size`, the font's height.
double text_width(std::string_view text, double size, Weight weight = Weight::normal);

/// The text if it fits, else as much of its beginning as does, with `…`; whole characters only, marks stay with theirs.
std::string fitted(std::string_view text, double width, double size, Weight weight = Weight::normal);

/// At most `lines` lines, broken between words where that is possible; the last one ends in `…` where something was left out.
std::vector<std::string> wrapped(std::string_view text, double width, double size, std::size_t lines, Weight weight = Weight::normal);

/// How wide the longest word of a text is.
double longest_word(std::string_view text, double size, Weight weight = Weight::normal);

}  // namespace vsm::backends::svg
