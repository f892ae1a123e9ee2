#include "compiler/format/text_layout.h"

#include <algorithm>

#include "base/text.h"
#include "ir/properties/property_table.h"

namespace vsm::format {
namespace {

using parse::TokenKind;

bool sticks_to_the_left(TokenKind kind) {
    switch (kind) {
        case TokenKind::comma:
        case TokenKind::colon:
        case TokenKind::close_list:
        case TokenKind::close_arguments:
        case TokenKind::open_arguments:
        case TokenKind::range:
        case TokenKind::dot:
        case TokenKind::per: return true;
        default: return false;
    }
}

bool sticks_to_the_right(TokenKind kind) {
    switch (kind) {
        case TokenKind::open_list:
        case TokenKind::open_arguments:
        case TokenKind::range:
        case TokenKind::dot:
        case TokenKind::per:
        case TokenKind::guess: return true;
        default: return false;
    }
}

bool closes(TokenKind kind) { return kind == TokenKind::close_list || kind == TokenKind::close_arguments; }

const ast::Property* property_of(const Node& node) { return node.item == nullptr ? nullptr : node.item->property(); }

/// Whether a node is a row of a table: a statement with a name, a title and a block of facts.
bool is_row(const Node& node) {
    const auto* statement = node.item->statement();
    return statement != nullptr &&
           (std::holds_alternative<ast::Element>(*statement) || std::holds_alternative<ast::Team>(*statement) ||
            std::holds_alternative<ast::Change>(*statement));
}

/// Sorts neighbouring properties in the order of their table; a blank line or a statement separates groups.
void order_properties(Block& block) {
    const auto begins_group = [](const Node& node) { return node.blank_before || property_of(node) == nullptr; };
    for (auto from = block.items.begin(); from != block.items.end();) {
        const auto to = std::find_if(from + 1, block.items.end(), begins_group);
        const auto rank = [](const Node& node) { return properties::canonical_rank(node.head.front().text); };
        const auto before = [&](const Node& a, const Node& b) { return rank(a) < rank(b); };
        if (property_of(*from) != nullptr && !std::is_sorted(from, to, before)) {
            const bool blank_before = std::exchange(from->blank_before, false);
            std::stable_sort(from, to, before);
            from->blank_before = blank_before;
        }
        from = to;
    }
    for (Node& node : block.items) order_properties(node.block);
}

class Writer {
public:
    explicit Writer(Lines& lines) : lines_(lines) {}

    void block(const Block& block, std::size_t depth) {
        for (const Node& node : block.items) {
            if (node.blank_before && &node != &block.items.front()) lines_.all.emplace_back();
            for (const std::string_view comment : node.above) add_comment(comment, depth);
            if (node.item != nullptr) item(node, depth);
        }
    }

private:
    void item(const Node& node, std::size_t depth) {
        Line line = indented(depth);
        if (put_on_one_line(node, line)) {
            line.comment = node.beside;
            lines_.all.push_back(std::move(line));
            return;
        }
        words(node.head, line.code);
        line.code += " {";
        line.comment = node.block.opening;
        lines_.all.push_back(std::move(line));
        block(node.block, depth + 1);
        Line end = indented(depth);
        end.code += '}';
        end.comment = node.beside;
        lines_.all.push_back(std::move(end));
    }

    static Line indented(std::size_t depth) {
        Line line;
        line.code.assign(2 * depth, ' ');
        line.depth = depth;
        return line;
    }

    void add_comment(std::string_view comment, std::size_t depth) {
        Line line = indented(depth);
        line.code += comment;
        line.comment_alone = true;
        lines_.all.push_back(std::move(line));
    }

    void words(std::span<const Word> words, std::string& code) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool trailing_comma =
                words[i].kind == TokenKind::comma && i + 1 < words.size() && closes(words[i + 1].kind);
            if (trailing_comma) continue;
            if (i > 0 && !sticks_to_the_left(words[i].kind) && !sticks_to_the_right(words[i - 1].kind)) code += ' ';
            code += words[i].text;
            lines_.written.push_back(&words[i]);
        }
    }

    // ---- items on one line ----

    /// Whether nothing in a block needs a line of its own.
    static bool is_plain(const Block& block) {
        return block.opening.empty() && std::all_of(block.items.begin(), block.items.end(), [](const Node& node) {
                   return node.item != nullptr && node.above.empty() && node.beside.empty() &&
                          (!node.block.given || is_plain(node.block));
               });
    }

    /// Writes an item that has no block, whose block is empty, or that was written on one line and fits. Otherwise
    /// restores the state.
    bool put_on_one_line(const Node& node, Line& line) {
        const bool may = !node.block.given || (node.block.items.empty() && node.block.opening.empty()) ||
                         (node.block.one_line && is_plain(node.block));
        if (!may) return false;
        const std::size_t indented = line.code.size(), before = lines_.written.size();
        const bool must = !node.block.given || node.block.items.empty();
        if ((is_row(node) ? row(node, line) : plain(node, line.code, must)) &&
            (must || display_width(line.code) <= widest_line))
            return true;
        line.code.resize(indented);
        line.cells.clear();
        lines_.written.resize(before);
        return false;
    }

    /// More bytes than any line that fits can have: longer lines need not be measured.
    static constexpr std::size_t hopeless = 2000;

    bool plain(const Node& node, std::string& code, bool must = false) {
        words(node.head, code);
        if (!node.block.given) return true;
        code += " {";
        for (const Node& inner : node.block.items) {
            code += ' ';
            if (!plain_item(inner, &inner == &node.block.items.back(), code)) return false;
        }
        code += " }";
        return must || code.size() < hopeless;
    }

    /// An item that ends with a brace needs no comma after it.
    bool plain_item(const Node& node, bool last, std::string& code) {
        if (!plain(node, code)) return false;
        if (!last && !node.block.given) code += ',';
        return code.size() < hopeless;
    }

    bool row(const Node& node, Line& line) {
        const bool titled = node.head.back().kind == TokenKind::string && node.head.size() > 1;
        std::string& code = line.code;
        const auto end_cell = [&](std::string_view key) {
            const std::size_t begin = line.cells.empty() ? 0 : line.cells.back().end;
            line.cells.push_back({key, static_cast<std::uint32_t>(code.size()),
                                  static_cast<std::uint32_t>(display_width(std::string_view(code).substr(begin)))});
        };
        words(node.head.first(node.head.size() - (titled ? 1 : 0)), code);
        end_cell(node.head.front().text);
        if (titled) {
            code += ' ';
            words(node.head.last(1), code);
        }
        if (titled || node.block.given) end_cell("title");
        if (!node.block.given) return true;
        code += " {";
        for (const Node& inner : node.block.items) {
            const bool last = &inner == &node.block.items.back();
            code += ' ';
            if (!plain_item(inner, last, code)) return false;
            if (last) code += " }";
            end_cell(inner.head.front().text);
        }
        if (node.block.items.empty()) {
            code += " }";
            end_cell("}");
        }
        return true;
    }

    Lines& lines_;
};

}  // namespace

Lines lay_out(Tree& tree) {
    order_properties(tree.file);
    Lines lines;
    lines.written.reserve(tree.words.size());
    Writer(lines).block(tree.file, 0);
    return lines;
}

std::string text_of(const std::vector<Line>& lines) {
    std::string text;
    for (const Line& line : lines) {
        std::size_t begin = 0, indent = 0;
        const std::size_t line_begin = text.size();
        for (const Cell& cell : line.cells) {
            text.append(line.code, begin, cell.end - begin);
            text.append(cell.padding, ' ');
            begin = cell.end;
        }
        text.append(line.code, begin, std::string::npos);
        if (!line.comment.empty()) {
            text.append(line.comment_gap, ' ');
            indent = display_width(std::string_view(text).substr(line_begin));
            text += line.comment.front();
        }
        text += '\n';
        for (std::size_t i = 1; i < line.comment.size(); ++i) {
            text.append(indent, ' ');
            text += line.comment[i];
            text += '\n';
        }
    }
    return text;
}

}  // namespace vsm::format
