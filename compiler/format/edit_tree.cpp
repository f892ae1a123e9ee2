#include "compiler/format/edit_tree.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace vsm::format {
namespace {

struct Spot {
    Block* siblings = nullptr;
    std::size_t at = 0;
    Node* holder = nullptr;  ///< null for the stream itself
    Node& node() const { return siblings->items[at]; }
};

bool is_branch(const Node& node) {
    return node.implicit || (is_element(node) && element_of(node)->kind == ast::ElementKind::branch);
}

const ast::Property* property_of(const Node& node) { return node.item == nullptr ? nullptr : node.item->property(); }

bool is_none(const ast::Property& property) {
    const auto* word = std::get_if<ast::Word>(&property.value.what);
    return word != nullptr && word->text == "none";
}

/// A rework with a rate of zero removes another one.
bool is_zero(const ast::Rework& rework) {
    return rework.probability.text.find_first_not_of("0.%") == std::string::npos;
}

bool same_target(const ast::Rework& one, const ast::Rework& other) {
    if (one.to.has_value() != other.to.has_value()) return false;
    return !one.to || lower_case(one.to->text) == lower_case(other.to->text);
}

Node implicit_branch(Node element) {
    Node branch;
    branch.implicit = true;
    branch.blank_before = std::exchange(element.blank_before, false);
    branch.block.items.push_back(std::move(element));
    return branch;
}

void make_branches(Node& node) {
    for (Node& inner : node.block.items) make_branches(inner);
    const ast::Element* element = element_of(node);
    if (element == nullptr || element->kind != ast::ElementKind::parallel) return;
    for (Node& inner : node.block.items)
        if (is_element(inner) && !is_branch(inner)) inner = implicit_branch(std::move(inner));
}

Spot find_name(Block& block, Node* holder, std::string_view name) {
    for (std::size_t i = 0; i < block.items.size(); ++i) {
        Node& node = block.items[i];
        if (!is_element(node)) continue;
        const ast::Element* element = element_of(node);
        if (element != nullptr && element->name.text == name) return {&block, i, holder};
        if (const Spot inner = find_name(node.block, &node, name); inner.siblings != nullptr) return inner;
    }
    return {};
}

Spot find_node(Block& block, Node* holder, const Node* wanted) {
    for (std::size_t i = 0; i < block.items.size(); ++i) {
        if (&block.items[i] == wanted) return {&block, i, holder};
        if (const Spot inner = find_node(block.items[i].block, &block.items[i], wanted); inner.siblings != nullptr)
            return inner;
    }
    return {};
}

void move_all(std::vector<std::string_view>& to, const std::vector<std::string_view>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

/// Moves the comments of an edit to the edited element.
void add_comments(Node& node, const Node& edit) {
    move_all(node.above, edit.above);
    if (node.beside.empty()) {
        node.beside = edit.beside;
    } else {
        move_all(node.above, edit.beside);
    }
}

/// Replaces an item and keeps the comments of both.
void put_in_place(Node& old, Node made) {
    const Node before = std::move(old);
    old = std::move(made);
    old.blank_before = before.blank_before;
    std::vector<std::string_view> above = before.above;
    move_all(above, old.above);
    if (old.beside.empty()) {
        old.beside = before.beside;
    } else {
        move_all(above, before.beside);
    }
    old.above = std::move(above);
}

void erase(Block& block, std::vector<Node>::iterator at) {
    const bool blank = at->blank_before;
    const auto next = block.items.erase(at);
    if (next != block.items.end() && next != block.items.begin()) next->blank_before = next->blank_before || blank;
}

void add_behind_last(Block& block, Node node, bool (*like)(const Node&)) {
    const auto last = std::find_if(block.items.rbegin(), block.items.rend(), like);
    node.blank_before = false;
    block.items.insert(last == block.items.rend() ? block.items.begin() : last.base(), std::move(node));
}

class Editor {
public:
    Editor(Tree& tree, Block& stream) : tree_(tree), stream_(stream) {
        for (Node& node : stream.items) make_branches(node);
    }

    void run(const Block& edits) {
        for (const Node& node : edits.items) apply(node);
    }

private:
    void apply(const Node& node) {
        if (statement_of<ast::Kaizen>(node) != nullptr) return run(node.block);
        if (const auto* change = statement_of<ast::Change>(node)) return apply_change(*change, node);
        if (const auto* remove = statement_of<ast::Remove>(node)) return void(take_out(find(remove->element)));
        if (const auto* add = statement_of<ast::Add>(node))
            return put_beside(find(add->anchor), add->side, made_by(node, add->added));
        if (const auto* replace = statement_of<ast::Replace>(node)) return apply_replace(*replace, node);
        if (const auto* move = statement_of<ast::Move>(node)) return apply_move(*move, node);
    }

    Spot find(const ast::Word& name) {
        const Spot spot = find_name(stream_, nullptr, name.text);
        VSM_CHECK(spot.siblings != nullptr);
        return spot;
    }

    /// The element of `add after x …` or `replace x with …`: everything after the first three words.
    static Node made_by(const Node& edit, const std::vector<ast::Item>& added) {
        constexpr std::size_t words_before = 3;
        Node made = edit;
        made.item = &added.front();
        made.head = edit.head.subspan(words_before);
        made.blank_before = false;
        make_branches(made);
        return made;
    }

    /// Removes an element, and a parallel or choose with its last branch.
    Node take_out(Spot spot) {
        Node gone = std::move(spot.node());
        spot.node().blank_before = gone.blank_before;
        erase(*spot.siblings, spot.siblings->items.begin() + static_cast<std::ptrdiff_t>(spot.at));
        const bool empty = std::none_of(spot.siblings->items.begin(), spot.siblings->items.end(), is_element);
        if (empty && spot.holder != nullptr && (spot.holder->implicit || is_container(*spot.holder)))
            take_out(find_node(stream_, nullptr, spot.holder));
        return gone;
    }

    static void put_beside(Spot spot, ast::Side side, Node made) {
        if (spot.holder != nullptr && is_container(*spot.holder) && !is_branch(made))
            made = implicit_branch(std::move(made));
        made.blank_before = false;
        if (side == ast::Side::before) std::swap(made.blank_before, spot.node().blank_before);
        const auto at = spot.siblings->items.begin() + static_cast<std::ptrdiff_t>(spot.at);
        spot.siblings->items.insert(side == ast::Side::after ? at + 1 : at, std::move(made));
    }

    void apply_replace(const ast::Replace& replace, const Node& edit) {
        Node made = made_by(edit, replace.added);
        Node& old = find(replace.element).node();
        made.blank_before = old.blank_before;
        old = std::move(made);
    }

    void apply_move(const ast::Move& move, const Node& edit) {
        Node moved = take_out(find(move.element));
        add_comments(moved, edit);
        put_beside(find(move.anchor), move.side, std::move(moved));
    }

    // ---- change ----

    void apply_change(const ast::Change& change, const Node& edit) {
        Node& node = find(change.element).node();
        add_comments(node, edit);
        if (!node.block.given) node.block.given = node.block.one_line = true;
        for (const Node& item : edit.block.items) {
            if (item.item == nullptr) {
                node.block.items.push_back(item);
            } else if (const ast::Property* property = property_of(item)) {
                change_property(node, *property, item);
            } else if (const auto* rework = statement_of<ast::Rework>(item)) {
                change_rework(node.block, *rework, item);
            } else {
                node.block.items.push_back(item);
            }
        }
        move_all(node.above, edit.block.opening);
        settle_timings(node.block, edit.block);
    }

    void change_property(Node& node, const ast::Property& property, const Node& given) {
        if (property.name.text == "share" && change_share(node, property, given)) return;
        const auto old = find_property(node.block, property.name.text);
        const bool there = old != node.block.items.end();
        // `x_…` properties are shown in the order written, and a changed one comes last.
        const bool moves = property.name.text.starts_with("x_");
        if (is_none(property)) {
            if (there) erase(node.block, old);
        } else if (there && !moves) {
            put_in_place(*old, given);
        } else {
            Node made = given;
            if (there) {
                made = std::move(*old);
                put_in_place(made, given);
                erase(node.block, old);
            }
            add_property(node.block, std::move(made));
        }
    }

    /// Replaces the percentage after `branch`, if there is one; comments of the change move to the branch.
    bool change_share(Node& node, const ast::Property& property, const Node& given) {
        const bool written = node.head.size() > 1 && node.head[1].kind == parse::TokenKind::percent;
        if (!written) return false;
        std::vector<Word> head(node.head.begin(), node.head.end());
        if (is_none(property)) {
            head.erase(head.begin() + 1);
        } else {
            head[1] = given.head.back();
        }
        node.head = tree_.put_in.emplace_back(std::move(head));
        add_comments(node, given);
        return true;
    }

    static void change_rework(Block& block, const ast::Rework& rework, const Node& given) {
        const auto same = [&](const Node& node) {
            const auto* other = statement_of<ast::Rework>(node);
            return other != nullptr && same_target(*other, rework);
        };
        const auto old = std::find_if(block.items.begin(), block.items.end(), same);
        const bool there = old != block.items.end();
        if (is_zero(rework)) {
            if (there) erase(block, old);
        } else if (there) {
            put_in_place(*old, given);
        } else {
            add_behind_last(block, given, [](const Node& node) {
                return property_of(node) != nullptr || statement_of<ast::Rework>(node) != nullptr;
            });
        }
    }

    /// Keeps two of the three times, like the edits of the model.
    static void settle_timings(Block& block, const Block& change) {
        const auto given = [&](std::string_view name) {
            return std::any_of(change.items.begin(), change.items.end(), [&](const Node& node) {
                const ast::Property* property = property_of(node);
                return property != nullptr && property->name.text == name && !is_none(*property);
            });
        };
        const auto drop = [&](std::string_view name) {
            if (const auto at = find_property(block, name); at != block.items.end()) erase(block, at);
        };
        const bool process = given("process"), wait = given("wait"), lead = given("lead");
        if (lead && !wait) drop("wait");
        if (wait && !lead) drop("lead");
        if (lead && wait && !process) drop("process");
        if (process && !wait && !lead && find_property(block, "wait") != block.items.end()) drop("lead");
    }

    Tree& tree_;
    Block& stream_;
};

}  // namespace

bool is_container(const Node& node) {
    const ast::Element* element = element_of(node);
    return element != nullptr &&
           (element->kind == ast::ElementKind::parallel || element->kind == ast::ElementKind::choose);
}

std::vector<Node>::iterator find_property(Block& block, std::string_view name) {
    return std::find_if(block.items.begin(), block.items.end(), [&](const Node& node) {
        return property_of(node) != nullptr && node.head.front().text == name;
    });
}

void add_property(Block& block, Node property) {
    add_behind_last(block, std::move(property), [](const Node& node) { return property_of(node) != nullptr; });
}

void apply_edits(Tree& tree, Block& stream, const Block& future) { Editor(tree, stream).run(future); }

}  // namespace vsm::format
