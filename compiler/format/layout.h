// From the tree to lines, and from lines to text. Private to compiler/format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/format/tree.h"

namespace vsm::format {

/// A line has at most so many columns, unless it cannot be broken.
inline constexpr std::size_t widest_line = 100;

/// A part of a line that begins in the same column as the parts of the same key in the lines around it.
struct Cell {
    std::string_view key;
    std::uint32_t end = 0;    ///< in the code of the line
    std::uint32_t width = 0;  ///< in columns
    std::uint32_t padding = 0;
};

struct Line {
    std::string code;  ///< with its indentation; empty: a blank line
    std::size_t depth = 0;
    Comment comment;   ///< behind it, one more line for each after the first
    std::vector<Cell> cells;  ///< none: it is no row of a table
    bool comment_alone = false;
    std::uint32_t comment_gap = 2;  ///< columns between the code and the comment behind it
};

struct Lines {
    std::vector<Line> all;
    std::vector<const Word*> written;  ///< the words of the tree that were written, in their order
};

/// The lines of a map, not aligned yet; orders the properties of the tree.
Lines lay_out(Tree& tree);

/// Puts the parts of neighbouring lines under each other, and then the comments behind them.
void align(std::vector<Line>& lines);

/// The text, each line with its end.
std::string text_of(const std::vector<Line>& lines);

}  // namespace vsm::format
