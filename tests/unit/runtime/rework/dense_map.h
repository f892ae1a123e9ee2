// Random maps with everything at once: graphs with `after` (including redundant names), rework of all kinds, queues in
// loops and branches, shared teams, ranges. As plain numbers, and as text. Does not depend on figures.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/runtime/figures/random_map.h"

namespace vsm::tests {

struct DenseNode {
    enum class Kind { step, wait, queue, stage, parallel, choose, branch } kind = Kind::step;
    struct Back {
        int percent = 0;
        bool once = false;
        std::string to;  ///< empty: on the spot
        long process = 0, wait = 0;
        int team = -1;  ///< of a repair; -1: the step's
        int bit = -1;   ///< of a `once … to`
    };
    std::string name;
    long process = 0, process_high = 0, wait = 0, wait_high = 0;  ///< minutes; equal unless a range
    bool process_unknown = false, wait_unknown = false;
    long items = 0;
    int share = 100;
    std::vector<Back> backs;
    std::vector<int> teams;
    long people = 0, batch = 1;
    bool automated = false;
    std::vector<DenseNode> children;
    std::vector<std::size_t> after;  ///< positions among its siblings
    bool from_start = false;
    const DenseNode* parent = nullptr;
    std::size_t at = 0;

    bool holds_body() const { return kind == Kind::stage || kind == Kind::branch; }
};

inline constexpr int dense_teams = 3;
inline constexpr long dense_demand = 40;             ///< items per week of 2400 min
inline constexpr long dense_people[] = {1, 3, 0};    ///< by team; 0: not stated
inline constexpr long dense_costs[] = {60, 90, 75};  ///< per hour

inline void relink(DenseNode& node) {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        node.children[i].parent = &node;
        node.children[i].at = i;
        relink(node.children[i]);
    }
}

/// Predecessors as written, by position in a body.
inline std::vector<std::vector<std::size_t>> written_before(const std::vector<DenseNode>& body) {
    std::vector<std::vector<std::size_t>> before(body.size());
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (!body[i].after.empty())
            before[i] = body[i].after;
        else if (i > 0 && !body[i].from_start)
            before[i] = {i - 1};
    }
    return before;
}

/// less[a][b]: a comes before b, directly or indirectly.
inline std::vector<std::vector<char>> order_of(const std::vector<DenseNode>& body) {
    const std::size_t n = body.size();
    std::vector<std::vector<char>> less(n, std::vector<char>(n));
    const auto before = written_before(body);
    for (std::size_t i = 0; i < n; ++i)
        for (const std::size_t b : before[i]) less[b][i] = 1;
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) less[i][j] = less[i][j] || (less[i][k] && less[k][j]);
    return less;
}

class DenseMaker {
public:
    struct Wanted {
        bool graphs = true, parallels = true, unknowns = false;
        int most_leaves = 9;
    };

    explicit DenseMaker(std::uint64_t seed) : DenseMaker(seed, Wanted{}) {}
    DenseMaker(std::uint64_t seed, Wanted wanted) : dice_(seed), wanted_(wanted) {}

    /// The stream, as a stage.
    DenseNode make() {
        DenseNode root;
        root.kind = Kind::stage;
        root.name = "stream";
        root.children = body(3, 2 + dice_.below(4));
        root.children.push_back(leaf(Kind::step));
        relink(root);
        add_backs(root);
        return root;
    }

    static std::string body_text(const std::vector<DenseNode>& nodes) {
        std::string text;
        for (const DenseNode& node : nodes) text += text_of(node, nodes) + "\n";
        return text;
    }

    static std::string teams_text() {
        std::string text;
        for (int team = 0; team < dense_teams; ++team) {
            text += "team t" + std::to_string(team) + " { ";
            if (dense_people[team] > 0) text += "people: " + std::to_string(dense_people[team]) + " ";
            text += "cost: " + std::to_string(dense_costs[team]) + "/h }\n";
        }
        return text;
    }

private:
    using Kind = DenseNode::Kind;

    std::vector<DenseNode> body(int depth, long count) {
        std::vector<DenseNode> nodes;
        for (long i = 0; i < count && leaves_ < wanted_.most_leaves; ++i) nodes.push_back(any(depth));
        if (wanted_.graphs && nodes.size() > 2 && dice_.one_in(3)) add_after(nodes);
        return nodes;
    }

    void add_after(std::vector<DenseNode>& nodes) {
        for (std::size_t i = 1; i < nodes.size(); ++i) {
            if (dice_.one_in(3)) continue;  // follows the previous one
            if (dice_.one_in(5)) nodes[i].from_start = true;
            for (std::size_t k = 0; k < i && !nodes[i].from_start; ++k)
                if (dice_.one_in(2)) nodes[i].after.push_back(k);
        }
    }

    DenseNode any(int depth) {
        const long choice = depth == 0 ? dice_.below(7) : dice_.below(12);
        if (choice < 7) return step();
        DenseNode node = named(choice < 8 && wanted_.parallels ? Kind::parallel
                               : choice < 10                   ? Kind::choose
                                                               : Kind::stage);
        if (node.kind == Kind::stage) {
            node.children = body(depth - 1, 1 + dice_.below(4));
            if (node.children.empty()) node.children.push_back(step());
            return node;
        }
        const long branches = 2 + dice_.below(2);
        int left = 100;
        for (long i = 0; i < branches; ++i) {
            DenseNode branch = named(Kind::branch);
            branch.children = body(depth - 1, dice_.below(4));
            branch.share = i + 1 == branches ? left : static_cast<int>(5 + dice_.below(left / 2 - 4));
            left -= branch.share;
            node.children.push_back(std::move(branch));
        }
        return node;
    }

    DenseNode named(Kind kind) {
        DenseNode node;
        node.kind = kind;
        node.name = "e" + std::to_string(++names_);
        return node;
    }

    /// Mostly a step, else a wait or queue.
    DenseNode step() {
        const long choice = dice_.below(9);
        return leaf(choice == 0 ? Kind::wait : choice == 1 ? Kind::queue : Kind::step);
    }

    DenseNode leaf(Kind kind) {
        ++leaves_;
        DenseNode node = named(kind);
        node.wait = node.wait_high = 2 * dice_.below(60);
        if (dice_.one_in(25)) node.wait_high += 2 * (1 + dice_.below(30));
        if (node.kind == Kind::queue) node.items = 1 + dice_.below(9);
        if (wanted_.unknowns && node.kind != Kind::queue) node.wait_unknown = dice_.one_in(9);
        if (node.kind != Kind::step) return node;
        node.process = node.process_high = dice_.below(60);
        if (dice_.one_in(25)) node.process_high += 2 * (1 + dice_.below(30));
        if (wanted_.unknowns) node.process_unknown = dice_.one_in(9);
        for (int team = 0; team < dense_teams; ++team)
            if (dice_.one_in(3)) node.teams.push_back(team);
        if (dice_.one_in(6)) node.people = 1 + dice_.below(2);
        if (dice_.one_in(4)) node.batch = 1 + dice_.below(4);
        node.automated = dice_.one_in(5);
        return node;
    }

    static void collect(const DenseNode& node, std::vector<std::string>& names) {
        names.push_back(node.name);
        if (node.kind == Kind::stage)
            for (const DenseNode& child : node.children) collect(child, names);
    }

    /// The step itself, everything before it, and its holders.
    static std::vector<std::string> targets_of(const DenseNode& step) {
        std::vector<std::string> names;
        for (const DenseNode* at = &step; at->parent != nullptr; at = at->parent) {
            names.push_back(at->name);
            if (!at->parent->holds_body()) continue;
            const auto less = order_of(at->parent->children);
            for (std::size_t i = 0; i < at->parent->children.size(); ++i)
                if (less[i][at->at]) collect(at->parent->children[i], names);
        }
        return names;
    }

    void add_backs(DenseNode& node) {
        for (DenseNode& child : node.children) add_backs(child);
        if (node.kind != Kind::step) return;
        std::set<std::string> taken;
        for (int i = 0; i < 2; ++i) {
            if (!dice_.one_in(6)) continue;
            const auto targets = targets_of(node);
            const std::string to = targets[static_cast<std::size_t>(dice_.below(static_cast<long>(targets.size())))];
            if (!taken.insert(to).second) continue;
            const bool once = dice_.one_in(2) && onces_ < 4;
            node.backs.push_back({static_cast<int>(1 + dice_.below(45)), once, to, 0, 0, -1, once ? onces_++ : -1});
        }
        if (!dice_.one_in(8)) return;
        const bool once = dice_.one_in(2);
        const int percent = once ? static_cast<int>(dice_.below(101)) : static_cast<int>(dice_.below(90));
        const int team = dice_.one_in(2) ? static_cast<int>(dice_.below(dense_teams)) : -1;
        node.backs.push_back({percent, once, "", dice_.below(30), dice_.below(30), team, -1});
    }

    static std::string minutes(long low, long high) {
        const std::string text = std::to_string(low) + "min";
        return high == low ? text : text + ".." + std::to_string(high) + "min";
    }

    static std::string after_of(const DenseNode& node, const std::vector<DenseNode>& siblings) {
        if (node.from_start) return " after: start";
        std::string list;
        for (const std::size_t place : node.after) list += (list.empty() ? "" : ", ") + siblings[place].name;
        return list.empty() ? "" : " after: [" + list + "]";
    }

    static std::string text_of(const DenseNode& node, const std::vector<DenseNode>& siblings) {
        const std::string after = after_of(node, siblings);
        switch (node.kind) {
            case Kind::wait:
                return "wait " + node.name + " " + (node.wait_unknown ? "?" : minutes(node.wait, node.wait_high)) +
                       " {" + after + " }";
            case Kind::queue: return "queue " + node.name + " " + std::to_string(node.items) + " {" + after + " }";
            case Kind::stage: return "stage " + node.name + " {" + after + "\n" + body_text(node.children) + "}";
            case Kind::parallel: return "parallel " + node.name + " {" + after + "\n" + body_text(node.children) + "}";
            case Kind::choose: return "choose " + node.name + " {" + after + "\n" + body_text(node.children) + "}";
            case Kind::branch: {
                const bool chosen = node.parent->kind == Kind::choose;
                return "branch " + (chosen ? std::to_string(node.share) + "% " : std::string()) + node.name + " {\n" +
                       body_text(node.children) + "}";
            }
            case Kind::step: break;
        }
        std::string text = "step " + node.name +
                           " { process: " + (node.process_unknown ? "?" : minutes(node.process, node.process_high));
        text += ", wait: " + (node.wait_unknown ? "?" : minutes(node.wait, node.wait_high)) + after;
        std::string teams;
        for (const int team : node.teams) teams += (teams.empty() ? "t" : ", t") + std::to_string(team);
        if (!teams.empty()) text += " team: [" + teams + "]";
        if (node.people > 0) text += " people: " + std::to_string(node.people);
        if (node.batch > 1) text += " batch: " + std::to_string(node.batch);
        if (node.automated) text += " kind: automated";
        for (const auto& back : node.backs) text += text_of(back);
        return text + " }";
    }

    static std::string text_of(const DenseNode::Back& back) {
        const std::string text = " rework " + std::to_string(back.percent) + "%" + (back.once ? " once" : "");
        if (!back.to.empty()) return text + " to " + back.to;
        const std::string team = back.team < 0 ? "" : ", team: t" + std::to_string(back.team);
        return text + " { process: " + minutes(back.process, back.process) +
               ", wait: " + minutes(back.wait, back.wait) + team + " }";
    }

    Dice dice_;
    Wanted wanted_;
    int names_ = 0, leaves_ = 0, onces_ = 0;
};

}  // namespace vsm::tests
