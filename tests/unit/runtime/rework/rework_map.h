// Random bodies with rework, as trees and as the text of a map. Does not depend on figures.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/unit/runtime/figures/random_map.h"

namespace vsm::tests {

struct ReworkNode {
    enum class Kind { step, wait, stage, parallel, choose, branch } kind = Kind::step;
    struct Back {
        int percent;
        bool once;
        std::string to;  ///< empty: on the spot
        long process, wait;
        int bit;  ///< of a `once … to`
    };
    std::string name;
    long process = 0, wait = 0;  ///< minutes
    int share = 0;
    std::vector<Back> backs;
    std::vector<ReworkNode> children;
    ReworkNode* parent = nullptr;
    std::size_t at = 0;  ///< its position among its siblings
};

/// Restores parents and positions after a change or a copy.
inline void relink(ReworkNode& node) {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        node.children[i].parent = &node;
        node.children[i].at = i;
        relink(node.children[i]);
    }
}

class ReworkMaker {
public:
    explicit ReworkMaker(std::uint64_t seed) : dice_(seed) {}

    /// The stream, as a stage.
    ReworkNode make() {
        ReworkNode root;
        root.kind = ReworkNode::Kind::stage;
        root.name = "stream";
        root.children = body(3, 1 + dice_.below(4));
        if (leaves_ < 8) root.children.push_back(step());
        relink(root);
        add_backs(root);
        return root;
    }

    static std::string text_of(const ReworkNode& root) { return "stream random {\n" + text_of(root.children) + "}\n"; }

private:
    using Kind = ReworkNode::Kind;

    std::vector<ReworkNode> body(int depth, long count) {
        std::vector<ReworkNode> nodes;
        for (long i = 0; i < count && leaves_ < 7; ++i) nodes.push_back(any(depth));
        return nodes;
    }

    ReworkNode any(int depth) {
        const long choice = depth == 0 ? dice_.below(5) : dice_.below(9);
        if (choice < 5) return step();
        ReworkNode node = named(choice < 7 ? Kind::parallel : choice == 7 ? Kind::choose : Kind::stage);
        if (node.kind == Kind::stage) {
            node.children = body(depth - 1, 1 + dice_.below(3));
            if (node.children.empty()) node.children.push_back(step());
            return node;
        }
        const long branches = 2 + dice_.below(2);
        int left = 100;
        for (long i = 0; i < branches; ++i) {
            ReworkNode branch = named(Kind::branch);
            branch.children = body(depth - 1, dice_.below(3));
            branch.share = i + 1 == branches ? left : static_cast<int>(dice_.below(left));
            left -= branch.share;
            node.children.push_back(std::move(branch));
        }
        return node;
    }

    ReworkNode named(Kind kind) {
        ReworkNode node;
        node.kind = kind;
        node.name = "e" + std::to_string(++names_);
        return node;
    }

    ReworkNode step() {
        ++leaves_;
        ReworkNode node = named(dice_.one_in(6) ? Kind::wait : Kind::step);
        node.process = node.kind == Kind::wait ? 0 : dice_.below(60);
        node.wait = 2 * dice_.below(60);  // even, so that half of it is a whole number
        return node;
    }

    static void collect(const ReworkNode& node, std::vector<std::string>& names) {
        names.push_back(node.name);
        if (node.kind == Kind::stage)
            for (const ReworkNode& child : node.children) collect(child, names);
    }

    /// The step itself, everything before it, and its holders.
    static std::vector<std::string> targets_of(const ReworkNode& step) {
        std::vector<std::string> names;
        for (const ReworkNode* at = &step; at->parent != nullptr; at = at->parent) {
            names.push_back(at->name);
            if (at->kind == Kind::branch) continue;
            for (std::size_t i = 0; i < at->at; ++i) collect(at->parent->children[i], names);
        }
        return names;
    }

    void add_backs(ReworkNode& node) {
        for (ReworkNode& child : node.children) add_backs(child);
        if (node.kind != Kind::step) return;
        std::set<std::string> taken;
        for (int i = 0; i < 2; ++i) {
            if (dice_.one_in(2)) continue;
            const auto targets = targets_of(node);
            const std::string to = targets[static_cast<std::size_t>(dice_.below(static_cast<long>(targets.size())))];
            if (!taken.insert(to).second) continue;
            const bool once = dice_.one_in(2) && onces_ < 6;
            const int percent = once && i == 0 && dice_.one_in(5) ? 55 : static_cast<int>(1 + dice_.below(45));
            node.backs.push_back({percent, once, to, 0, 0, once ? onces_++ : -1});
        }
        if (dice_.one_in(4)) {
            const bool once = dice_.one_in(2);
            const int percent = once ? static_cast<int>(dice_.below(101)) : static_cast<int>(dice_.below(90));
            node.backs.push_back({percent, once, "", dice_.below(30), dice_.below(30), -1});
        }
    }

    static std::string minutes(long count) { return std::to_string(count) + "min"; }

    static std::string text_of(const std::vector<ReworkNode>& nodes) {
        std::string text;
        for (const ReworkNode& node : nodes) text += text_of_one(node) + "\n";
        return text;
    }

    static std::string text_of_one(const ReworkNode& node) {
        switch (node.kind) {
            case Kind::wait: return "wait " + node.name + " " + minutes(node.wait);
            case Kind::stage: return "stage " + node.name + " {\n" + text_of(node.children) + "}";
            case Kind::parallel: return "parallel " + node.name + " {\n" + text_of(node.children) + "}";
            case Kind::choose: return "choose " + node.name + " {\n" + text_of(node.children) + "}";
            case Kind::branch: {
                const bool chosen = node.parent->kind == Kind::choose;
                return "branch " + (chosen ? std::to_string(node.share) + "% " : std::string()) + node.name + " {\n" +
                       text_of(node.children) + "}";
            }
            case Kind::step: break;
        }
        std::string text =
            "step " + node.name + " { process: " + minutes(node.process) + ", wait: " + minutes(node.wait);
        for (const auto& back : node.backs) {
            text += " rework " + std::to_string(back.percent) + "%" + (back.once ? " once" : "");
            text += back.to.empty() ? " { process: " + minutes(back.process) + ", wait: " + minutes(back.wait) + " }"
                                    : " to " + back.to;
        }
        return text + " }";
    }

    Dice dice_;
    int names_ = 0, leaves_ = 0, onces_ = 0;
};

}  // namespace vsm::tests
