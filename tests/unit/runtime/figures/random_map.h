// Random maps for tests: a tree of plain numbers, and its text as a .vsm file. Does not depend on figures.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vsm::tests {

/// A time in whole minutes: low <= mode <= high, or `?` if unknown.
struct Span {
    long low = 0, mode = 0, high = 0;
    enum class Form { fixed, uniform, triangular } form = Form::fixed;
    bool unknown = false;
};

struct Node {
    enum class Kind { step, wait, queue, stage, parallel, choose, branch };
    Kind kind = Kind::step;
    std::string name;
    Span process, other;  ///< of a step; `other` is its wait or lead time; a wait has `other` only
    bool lead_given = false;
    int ca_low = -1, ca_high = -1;  ///< percent; -1: not stated, -2: `n/a`, -3: `?`
    std::vector<int> teams;         ///< team numbers
    char value_class = ' ';         ///< v(a), n(nva), ' ' none
    long items = 0;                 ///< of a queue
    int share = 100;                ///< percent, of a branch of a choose
    bool implicit = false;  ///< a branch of a parallel that is not written: its only element is written in its place
    std::vector<Node> children;
    /// Positions among its siblings. Without any: the start of the body if `from_start`, else the previous sibling.
    std::vector<std::size_t> after;
    bool from_start = false;
};

struct RandomMap {
    std::vector<Node> body;
    std::string text;
};

/// Items per working week in every random map (a week has 2400 working minutes).
inline constexpr long items_a_week = 40;

/// A generator with equal results on every platform (splitmix64).
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    /// A number from 0 to count − 1.
    long below(long count) { return static_cast<long>(next() % static_cast<std::uint64_t>(count)); }
    bool one_in(long count) { return below(count) == 0; }

private:
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::uint64_t state_;
};

class MapMaker {
public:
    MapMaker(std::uint64_t seed, bool with_unknowns) : dice_(seed), with_unknowns_(with_unknowns) {}

    RandomMap make() {
        RandomMap map;
        map.body = body(3, 2 + dice_.below(4));
        map.body.push_back(step());  // a stream needs a step
        map.text = whole_text(map.body);
        return map;
    }

    static std::string whole_text(const std::vector<Node>& body) {
        return "stream random { demand: " + std::to_string(items_a_week) + "/w\n" + text_of(body) + "}\n";
    }

private:
    std::vector<Node> body(int depth, long count) {
        std::vector<Node> nodes;
        for (long i = 0; i < count; ++i) {
            Node node = any(depth);
            if (i > 0 && dice_.one_in(4)) {
                if (dice_.one_in(4)) node.from_start = true;
                for (std::size_t k = 0; k < nodes.size(); ++k)
                    if (!node.from_start && dice_.one_in(3)) node.after.push_back(k);
            }
            nodes.push_back(std::move(node));
        }
        return nodes;
    }

    Node any(int depth) {
        const long choice = depth == 0 || leaves_ > 12 ? dice_.below(6) : dice_.below(10);
        if (choice < 4) return step();
        if (choice == 4) return wait();
        if (choice == 5) return queue();
        if (choice == 6) return holder(Node::Kind::stage, depth, 0);
        if (choice == 7) return holder(Node::Kind::choose, depth, 2 + dice_.below(2));
        return holder(Node::Kind::parallel, depth, 2 + dice_.below(2));
    }

    std::string fresh() { return "e" + std::to_string(++names_); }

    Span span(long most) {
        Span one;
        one.low = dice_.below(most);
        one.mode = one.high = one.low;
        if (with_unknowns_ && dice_.one_in(6)) {
            one.unknown = true;
        } else if (dice_.one_in(4)) {
            one.form = Span::Form::uniform;
            one.high += 1 + dice_.below(most);
        } else if (dice_.one_in(5)) {
            one.form = Span::Form::triangular;
            one.mode += 1 + dice_.below(most);
            one.high = one.mode + 1 + dice_.below(most);
        }
        return one;
    }

    Node step() {
        ++leaves_;
        Node node;
        node.name = fresh();
        // A small range, so that ties occur.
        node.process = span(dice_.one_in(3) ? 3 : 100);
        node.other = span(dice_.one_in(3) ? 3 : 500);
        node.lead_given = dice_.one_in(2);
        if (node.lead_given) {
            node.other.low += node.process.high;
            node.other.mode += node.process.high;
            node.other.high += node.process.high;
        }
        node.value_class = "vvvn "[dice_.below(with_unknowns_ ? 5 : 4)];
        for (int team = 0; team < 4; ++team)
            if (dice_.one_in(3)) node.teams.push_back(team);
        const long quality = dice_.below(8);
        if (quality == 0) node.ca_low = node.ca_high = -2;
        if (quality == 1 && with_unknowns_) node.ca_low = node.ca_high = -3;
        if (quality > 2) node.ca_low = node.ca_high = static_cast<int>(50 + dice_.below(51));
        if (quality > 5 && node.ca_low < 95) node.ca_high = node.ca_low + static_cast<int>(1 + dice_.below(5));
        return node;
    }

    Node wait() {
        ++leaves_;
        Node node;
        node.kind = Node::Kind::wait;
        node.name = fresh();
        node.other = span(300);
        return node;
    }

    Node queue() {
        ++leaves_;
        Node node;
        node.kind = Node::Kind::queue;
        node.name = fresh();
        node.items = 1 + dice_.below(20);
        return node;
    }

    Node holder(Node::Kind kind, int depth, long branches) {
        Node node;
        node.kind = kind;
        node.name = fresh();
        if (kind == Node::Kind::stage) {
            node.children = body(depth - 1, 1 + dice_.below(4));
            return node;
        }
        int left = 100;
        for (long i = 0; i < branches; ++i) {
            Node branch;
            branch.kind = Node::Kind::branch;
            branch.name = fresh();
            branch.children = body(depth - 1, dice_.below(3));
            branch.implicit = kind == Node::Kind::parallel && branch.children.size() == 1 && dice_.one_in(2);
            if (branch.implicit) branch.children.front().from_start = false;
            branch.share = i + 1 == branches ? left : static_cast<int>(5 + dice_.below(left / 2 - 4));
            left -= branch.share;
            node.children.push_back(std::move(branch));
        }
        return node;
    }

    static std::string text_of(const Span& span) {
        const auto minutes = [](long count) { return std::to_string(count) + "min"; };
        if (span.unknown) return "?";
        if (span.form == Span::Form::uniform) return minutes(span.low) + ".." + minutes(span.high);
        if (span.form == Span::Form::triangular)
            return minutes(span.low) + ".." + minutes(span.mode) + ".." + minutes(span.high);
        return minutes(span.low);
    }

    static std::string text_of(const std::vector<Node>& nodes) {
        std::string text;
        for (const Node& node : nodes) text += text_of(node, nodes) + "\n";
        return text;
    }

    static std::string after_of(const Node& node, const std::vector<Node>& siblings) {
        if (node.from_start) return " after: start";
        std::string list;
        for (const std::size_t position : node.after) list += (list.empty() ? "" : ", ") + siblings[position].name;
        return list.empty() ? "" : " after: [" + list + "]";
    }

    static std::string text_of(const Node& node, const std::vector<Node>& siblings) {
        const std::string after = after_of(node, siblings);
        switch (node.kind) {
            case Node::Kind::step: return "step " + node.name + " {" + step_text(node) + after + " }";
            case Node::Kind::wait: return "wait " + node.name + " " + text_of(node.other) + " {" + after + " }";
            case Node::Kind::queue:
                return "queue " + node.name + " " + std::to_string(node.items) + " {" + after + " }";
            case Node::Kind::stage: return "stage " + node.name + " {" + after + "\n" + text_of(node.children) + "}";
            case Node::Kind::parallel:
                return "parallel " + node.name + " {" + after + "\n" + text_of(node.children) + "}";
            case Node::Kind::choose: {
                std::string text = "choose " + node.name + " {" + after + "\n";
                for (const Node& branch : node.children)
                    text += "branch " + std::to_string(branch.share) + "% " + branch.name + " {\n" +
                            text_of(branch.children) + "}\n";
                return text + "}";
            }
            case Node::Kind::branch:
                if (node.implicit) return text_of(node.children);
                return "branch " + node.name + " {\n" + text_of(node.children) + "}";
        }
        return "";
    }

    static std::string step_text(const Node& node) {
        std::string text =
            " process: " + text_of(node.process) + (node.lead_given ? " lead: " : " wait: ") + text_of(node.other);
        if (node.value_class == 'v') text += " class: va";
        if (node.value_class == 'n') text += " class: nnva";
        std::string teams;
        for (const int team : node.teams) teams += (teams.empty() ? "t" : ", t") + std::to_string(team);
        if (!teams.empty()) text += " team: [" + teams + "]";
        if (node.ca_low == -2) text += " ca: n/a";
        if (node.ca_low == -3) text += " ca: ?";
        if (node.ca_low < 0) return text;
        text += " ca: " + std::to_string(node.ca_low) + "%";
        if (node.ca_high > node.ca_low) text += ".." + std::to_string(node.ca_high) + "%";
        return text;
    }

    Dice dice_;
    bool with_unknowns_;
    int names_ = 0, leaves_ = 0;
};

}  // namespace vsm::tests
