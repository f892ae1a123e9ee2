// Columns of text on a terminal: aligned by what is seen, cut where they are too wide, coloured when asked. Knows no figures.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vsm::runtime {

enum class Paint { plain, strong, faint, work, delay, open };

struct Piece {
    std::string text;
    Paint paint = Paint::plain;
};

using Cell = std::vector<Piece>;

struct Column {
    bool right = false;
    std::size_t widest = 100;  ///< what is wider ends with …
};

/// A piece with its colour, or without.
std::string painted(const Piece& piece, bool color);

/// User text on one line, with nothing in it that a terminal would obey.
std::string one_line(std::string_view text);

/// The text, or its beginning and `…`, at most `width` columns wide.
std::string cut_to(const std::string& text, std::size_t width);

/// The columns that each column takes on the screen.
std::vector<std::size_t> widths_of(std::span<const Column> columns, std::span<const std::vector<Cell>> rows);

/// Rows with as many cells as there are columns, or fewer; two spaces between columns, no space at the end of a line.
std::string render_table(std::span<const Column> columns, std::span<const std::vector<Cell>> rows, bool color);

}  // namespace vsm::runtime
