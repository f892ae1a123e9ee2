// An independent computation of the figures of a random map, for comparison: enumerates every path through every body.
// Shares no code with runtime/; slow, but simple enough to be obviously right.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/runtime/figures/random_map.h"

namespace vsm::tests {

enum class End { mean, best, worst };

/// Times in minutes.
struct Sums {
    double lead = 0, process = 0, work = 0, quality = 1, adding = 0;
};

class BruteForce {
public:
    explicit BruteForce(End end) : end_(end) {}

    Sums of(const std::vector<Node>& body) const { return of(body, 1.0); }

    /// All paths through a body, as positions.
    static std::vector<std::vector<std::size_t>> ways(const std::vector<Node>& body) {
        std::vector<std::vector<std::size_t>> before(body.size());
        std::vector<char> followed(body.size());
        for (std::size_t i = 0; i < body.size(); ++i) {
            if (!body[i].after.empty())
                before[i] = body[i].after;
            else if (i > 0 && !body[i].from_start)
                before[i] = {i - 1};
        }
        drop_implied(before);
        for (const auto& ones : before)
            for (const std::size_t b : ones) followed[b] = 1;
        std::vector<std::vector<std::size_t>> all;
        for (std::size_t i = 0; i < body.size(); ++i)
            if (!followed[i]) extend({i}, before, all);
        if (body.empty()) all.push_back({});
        return all;
    }

    double time(const Span& span) const {
        if (end_ == End::best) return static_cast<double>(span.low);
        if (end_ == End::worst) return static_cast<double>(span.high);
        if (span.form == Span::Form::triangular) return static_cast<double>(span.low + span.mode + span.high) / 3;
        return static_cast<double>(span.low + span.high) / 2;
    }

private:
    /// Removes predecessors that others imply.
    static void drop_implied(std::vector<std::vector<std::size_t>>& before) {
        std::vector<std::set<std::size_t>> all(before.size());  // direct and indirect
        for (std::size_t i = 0; i < before.size(); ++i)
            for (const std::size_t b : before[i]) {
                all[i].insert(b);
                all[i].insert(all[b].begin(), all[b].end());
            }
        for (auto& ones : before) {
            const std::vector<std::size_t> named = ones;
            std::erase_if(ones, [&](std::size_t one) {
                return std::any_of(named.begin(), named.end(),
                                   [&](std::size_t other) { return all[other].contains(one); });
            });
        }
    }

    /// Extends a path backwards from its first position to the start.
    static void extend(std::vector<std::size_t> way, const std::vector<std::vector<std::size_t>>& before,
                       std::vector<std::vector<std::size_t>>& all) {
        if (before[way.front()].empty()) {
            all.push_back(way);
            return;
        }
        for (const std::size_t b : before[way.front()]) {
            std::vector<std::size_t> longer = way;
            longer.insert(longer.begin(), b);
            extend(longer, before, all);
        }
    }

    static bool as_long(double a, double b) { return a >= b - 1e-9 * std::max(a, b); }

    /// Takes the times of the longest path; among equally long ones, of that with the most process time.
    static void take_longest(Sums& sums, const std::vector<Sums>& ways) {
        double longest = 0;
        for (const Sums& way : ways) longest = std::max(longest, way.lead);
        sums.process = -1;
        for (const Sums& way : ways) {
            if (!as_long(way.lead, longest) || way.process <= sums.process + 1e-9 * way.process) continue;
            sums.lead = way.lead;
            sums.process = way.process;
            sums.adding = way.adding;
        }
    }

    Sums of(const std::vector<Node>& body, double share) const {
        std::vector<Sums> each;
        Sums sums;
        for (const Node& node : body) {
            each.push_back(of(node, share));
            sums.work += each.back().work;
            sums.quality *= each.back().quality;
        }
        std::vector<Sums> added;
        for (const auto& way : ways(body)) {
            Sums total;
            for (const std::size_t i : way) {
                total.lead += each[i].lead;
                total.process += each[i].process;
                total.adding += each[i].adding;
            }
            added.push_back(total);
        }
        take_longest(sums, added);
        return sums;
    }

    Sums of(const Node& node, double share) const {
        Sums sums;
        switch (node.kind) {
            case Node::Kind::step:
                sums.process = sums.work = time(node.process);
                sums.lead = time(node.other) + (node.lead_given ? 0 : sums.process);
                if (node.value_class == 'v') sums.adding = sums.process;
                if (node.ca_low >= 0) sums.quality = quality(node);
                return sums;
            case Node::Kind::wait: sums.lead = time(node.other); return sums;
            case Node::Kind::queue:
                sums.lead = static_cast<double>(node.items) * 2400 / items_a_week / share;
                return sums;
            case Node::Kind::stage:
            case Node::Kind::branch: return of(node.children, share);
            case Node::Kind::parallel: {
                std::vector<Sums> branches;
                for (const Node& branch : node.children) {
                    branches.push_back(of(branch.children, share));
                    sums.work += branches.back().work;
                    sums.quality *= branches.back().quality;
                }
                take_longest(sums, branches);
                return sums;
            }
            case Node::Kind::choose: {
                sums.quality = 0;
                for (const Node& branch : node.children) {
                    const double part = branch.share / 100.0;
                    const Sums one = of(branch.children, share * part);
                    sums.lead += part * one.lead;
                    sums.process += part * one.process;
                    sums.work += part * one.work;
                    sums.quality += part * one.quality;
                    sums.adding += part * one.adding;
                }
                return sums;
            }
        }
        return sums;
    }

    double quality(const Node& node) const {
        if (end_ == End::best) return node.ca_high / 100.0;
        if (end_ == End::worst) return node.ca_low / 100.0;
        return (node.ca_low + node.ca_high) / 200.0;
    }

    End end_;
};

/// Every sequence of steps that one item, or a part of it, can pass through.
inline std::vector<std::vector<const Node*>> threads(const std::vector<Node>& body);

inline std::vector<std::vector<const Node*>> threads(const Node& node) {
    std::vector<std::vector<const Node*>> all;
    switch (node.kind) {
        case Node::Kind::step: return {{&node}};
        case Node::Kind::wait:
        case Node::Kind::queue: return {{}};
        case Node::Kind::stage:
        case Node::Kind::branch: return threads(node.children);
        case Node::Kind::parallel:
        case Node::Kind::choose:
            for (const Node& branch : node.children)
                for (auto& thread : threads(branch.children)) all.push_back(std::move(thread));
            return all;
    }
    return all;
}

inline std::vector<std::vector<const Node*>> threads(const std::vector<Node>& body) {
    std::set<std::vector<const Node*>> all;
    for (const auto& way : BruteForce::ways(body)) {
        std::vector<std::vector<const Node*>> so_far{{}};
        for (const std::size_t i : way) {
            std::vector<std::vector<const Node*>> longer;
            for (const auto& one : threads(body[i])) {
                for (const auto& begun : so_far) {
                    longer.push_back(begun);
                    longer.back().insert(longer.back().end(), one.begin(), one.end());
                }
            }
            so_far = std::move(longer);
        }
        all.insert(so_far.begin(), so_far.end());
    }
    return {all.begin(), all.end()};
}

/// The number of pairs of consecutive steps whose teams have no team in common.
inline std::size_t handoffs(const std::vector<Node>& body) {
    std::set<std::pair<const Node*, const Node*>> pairs;
    for (const auto& thread : threads(body))
        for (std::size_t i = 1; i < thread.size(); ++i) pairs.emplace(thread[i - 1], thread[i]);
    std::size_t count = 0;
    for (const auto& [a, b] : pairs) {
        bool shared = a->teams.empty() || b->teams.empty();
        for (const int team : a->teams) shared |= std::find(b->teams.begin(), b->teams.end(), team) != b->teams.end();
        count += !shared;
    }
    return count;
}

}  // namespace vsm::tests
