#include "runtime/reports/text_table.h"

#include <algorithm>

#include "base/text.h"

namespace vsm::runtime {
namespace {

std::string_view code_of(Paint paint) {
    switch (paint) {
        case Paint::plain: return "";
        case Paint::strong: return "1";
        case Paint::faint: return "2";
        case Paint::work: return "36";
        case Paint::delay: return "33";
        case Paint::open: return "35";
    }
    return "";
}

std::size_t width_of(const Cell& cell) {
    std::size_t width = 0;
    for (const Piece& piece : cell) width += display_width(piece.text);
    return width;
}

void append_cell(std::string& line, const Cell& cell, std::size_t widest, bool color) {
    std::size_t left = widest;
    for (const Piece& piece : cell) {
        const std::string text = cut_to(piece.text, left);
        left -= std::min(left, display_width(text));
        line += painted({text, piece.paint}, color);
    }
}

}  // namespace

std::string painted(const Piece& piece, bool color) {
    const std::string_view code = code_of(piece.paint);
    if (!color || code.empty() || piece.text.empty()) return piece.text;
    return std::string("\033[").append(code).append("m").append(piece.text).append("\033[0m");
}

std::string one_line(std::string_view text) {
    std::string line = log_text(text);
    std::replace(line.begin(), line.end(), '\t', ' ');
    return line;
}

std::string cut_to(const std::string& text, std::size_t width) {
    if (text.size() <= width || display_width(text) <= width) return text;
    std::string kept;
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto found = decode_utf8(text, at);
        const std::string_view character = std::string_view(text).substr(at, found ? found->length : 1);
        used += display_width(character);
        if (used + 1 > width) break;
        kept += character;
        at += character.size();
    }
    return width == 0 ? "" : kept + "…";
}

std::vector<std::size_t> widths_of(std::span<const Column> columns, std::span<const std::vector<Cell>> rows) {
    std::vector<std::size_t> widths(columns.size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], std::min(width_of(row[i]), columns[i].widest));
    return widths;
}

std::string render_table(std::span<const Column> columns, std::span<const std::vector<Cell>> rows, bool color) {
    const std::vector<std::size_t> widths = widths_of(columns, rows);
    std::string text;
    for (const auto& row : rows) {
        std::size_t pending = 0;  // written only before further text, so that no line ends with spaces
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::size_t width = std::min(width_of(row[i]), widths[i]);
            const std::size_t padding = widths[i] - width;
            if (width > 0) {
                text.append(pending + (columns[i].right ? padding : 0), ' ');
                append_cell(text, row[i], widths[i], color);
                pending = columns[i].right ? 0 : padding;
            } else {
                pending += padding;
            }
            if (widths[i] > 0) pending += 2;
        }
        text += '\n';
    }
    return text;
}

}  // namespace vsm::runtime
