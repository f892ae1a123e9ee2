#include <algorithm>

#include "base/text.h"
#include "compiler/format/text_layout.h"

namespace vsm::format {
namespace {

/// A row of a table, with its widths before alignment.
struct Row {
    Line* line = nullptr;
    std::vector<std::uint32_t> left;  ///< columns from the end of each cell to the end of the line
};

using Rows = std::span<Row*>;

std::vector<std::uint32_t> columns_left(const Line& line) {
    std::vector<std::uint32_t> left(line.cells.size(), 0);
    for (std::size_t i = left.size(); i-- > 1;) left[i - 1] = left[i] + line.cells[i].width;
    return left;
}

/// Aligns the ends of cell `column` in rows that are aligned up to it, then the columns after it. Splits the rows where
/// the key of the cell changes and where a row would get too long.
void align_column(Rows rows, std::size_t column, std::uint32_t begin) {
    for (std::size_t from = 0; from < rows.size();) {
        const std::string_view key = rows[from]->line->cells[column].key;
        std::uint32_t width = 0, left = 0;
        std::vector<Row*> going_on;
        std::size_t to = from;
        for (; to < rows.size() && rows[to]->line->cells[column].key == key; ++to) {
            const Row& row = *rows[to];
            const bool last = column + 1 == row.line->cells.size();
            const std::uint32_t wider = last ? width : std::max(width, row.line->cells[column].width);
            const std::uint32_t longer = last ? left : std::max(left, row.left[column]);
            if (to > from && begin + wider + longer > widest_line) break;
            width = wider;
            left = longer;
            if (!last) going_on.push_back(rows[to]);
        }
        for (Row* row : going_on) row->line->cells[column].padding = width - row->line->cells[column].width;
        if (!going_on.empty()) align_column(going_on, column + 1, begin + width);
        from = to;
    }
}

/// Aligns runs of rows. Comment lines do not end a run; blank lines do.
void align_rows(std::vector<Line>& lines) {
    for (std::size_t at = 0; at < lines.size();) {
        if (lines[at].cells.empty()) {
            ++at;
            continue;
        }
        std::vector<Row> table;
        for (; at < lines.size() && (!lines[at].cells.empty() || lines[at].comment_alone); ++at)
            if (!lines[at].cells.empty()) table.push_back({&lines[at], columns_left(lines[at])});
        std::vector<Row*> rows;
        for (Row& row : table) rows.push_back(&row);
        align_column(rows, 0, 0);
    }
}

std::size_t width_of(const Line& line) {
    if (line.cells.empty()) return display_width(line.code);
    std::size_t width = 0;
    for (const Cell& cell : line.cells) width += cell.width + cell.padding;
    return width;
}

std::size_t width_of(const Comment& comment) {
    std::size_t width = 0;
    for (const std::string_view line : comment) width = std::max(width, display_width(line));
    return width;
}

/// Aligns the comments after the lines of one block, up to a blank line or a nested block, unless one of them would
/// become too long for the page.
void align_comments(std::vector<Line>& lines) {
    std::vector<std::pair<Line*, std::size_t>> run;  ///< with the width of its code
    std::size_t code = 0, comment = 0, depth = 0;
    const auto end_run = [&] {
        for (const auto& [line, width] : run) line->comment_gap = static_cast<std::uint32_t>(code - width + 2);
        run.clear();
        code = comment = 0;
    };
    for (Line& line : lines) {
        const bool closes = line.code.size() == 2 * line.depth + 1 && line.code.back() == '}';
        if (line.code.empty() || line.depth != depth || closes) end_run();
        depth = line.depth;
        if (line.comment.empty() || closes) continue;
        const std::size_t width = width_of(line), longest = std::max(comment, width_of(line.comment));
        if (std::max(code, width) + 2 + longest > widest_line) end_run();
        code = std::max(code, width);
        comment = std::max(comment, width_of(line.comment));
        run.emplace_back(&line, width);
    }
    end_run();
}

}  // namespace

void align(std::vector<Line>& lines) {
    align_rows(lines);
    align_comments(lines);
}

}  // namespace vsm::format
