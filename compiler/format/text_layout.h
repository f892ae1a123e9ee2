// Lays out the tree as lines, and renders lines as text. Private to compiler/format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/format/tree.h"

namespace vsm::format {

/// Maximum number of columns in a line, unless it cannot be broken.
inline constexpr std::size_t widest_line = 100;

/// A part of a line, aligned with the parts of the same key in neighbouring lines.
struct Cell {
    std::string_view key;
    std::uint32_t end = 0;    ///< offset in the line's code
    std::uint32_t width = 0;  ///< in columns
    std::uint32_t padding = 0;
};

struct Line {
    std::string code;  ///< with its indentation; empty for a blank line
    std::size_t depth = 0;
    Comment comment;          ///< after the code; each entry after the first is one more line
    std::vector<Cell> cells;  ///< empty if it is not a row of a table
    bool comment_alone = false;
    std::uint32_t comment_gap = 2;  ///< columns between the code and its comment
};

struct Lines {
    std::vector<Line> all;
    std::vector<const Word*> written;  ///< the words of the tree that were written, in order
};

/// Lays out a map as lines that are not aligned yet; sorts the properties of the tree.
Lines lay_out(Tree& tree);

/// Aligns the parts of neighbouring lines, and then the comments after them.
void align(std::vector<Line>& lines);

/// Renders the lines, each with a line end.
std::string text_of(const std::vector<Line>& lines);

}  // namespace vsm::format
