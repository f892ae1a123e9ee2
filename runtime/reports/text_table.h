// Renders tables on a terminal: aligned by display width, truncated, optionally coloured. Does not depend on figures.
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
    std::size_t widest = 100;  ///< longer texts end with …
};

/// The text, wrapped in ANSI colour codes if `color`.
std::string painted(const Piece& piece, bool color);

/// User text on one line, without control characters.
std::string one_line(std::string_view text);

/// The text, truncated with `…` to at most `width` columns.
std::string cut_to(const std::string& text, std::size_t width);

/// The display width of each column.
std::vector<std::size_t> widths_of(std::span<const Column> columns, std::span<const std::vector<Cell>> rows);

/// Rows may have fewer cells than there are columns; two spaces between columns, no trailing spaces.
std::string render_table(std::span<const Column> columns, std::span<const std::vector<Cell>> rows, bool color);

}  // namespace vsm::runtime
