// An independent computation of the times of the bodies of rework_map.h: enumerates every state of an item, and solves
// one dense system of equations for the stream and for each parallel branch. Shares no code with runtime/.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "tests/unit/runtime/rework/rework_map.h"

namespace vsm::tests {

class ReworkBruteForce {
public:
    struct Times {
        double lead = 0, process = 0, work = 0;
    };

    explicit ReworkBruteForce(const ReworkNode& root) : root_(root) { number(root); }

    Times run() {
        const Solved solved = solve(&root_, 0);
        count(solved, 1);
        return solved.times;
    }

    std::map<std::string, double> visits;  ///< of steps and waits

private:
    using Kind = ReworkNode::Kind;
    /// A leaf or parallel with the used `once`. Without a place: at the end, or on the way out to a target.
    struct State {
        const ReworkNode* place = nullptr;
        unsigned used = 0;
        std::string out;
        auto operator<=>(const State&) const = default;
    };
    struct Solved {
        Times times;
        std::map<State, double> visits;    ///< of places
        std::map<State, double> outcomes;  ///< without a place
    };
    using Spread = std::vector<std::pair<State, double>>;

    void number(const ReworkNode& node) {
        order_[node.name] = static_cast<int>(order_.size());
        named_[node.name] = &node;
        for (const ReworkNode& child : node.children) number(child);
    }

    static bool holds(const ReworkNode* scope, const ReworkNode* node) {
        for (; node != nullptr; node = node->parent)
            if (node == scope) return true;
        return false;
    }

    /// Adds the first places of an item that arrives at a node.
    void begin(const ReworkNode* scope, const ReworkNode* node, unsigned used, double share, Spread& to) const {
        switch (node->kind) {
            case Kind::step:
            case Kind::wait:
            case Kind::parallel: to.push_back({{node, used, ""}, share}); return;
            case Kind::choose:
                for (const ReworkNode& branch : node->children)
                    if (branch.share > 0) begin(scope, &branch, used, share * branch.share / 100, to);
                return;
            case Kind::stage:
            case Kind::branch:
                if (node->children.empty())
                    after(scope, node, used, share, to);
                else
                    begin(scope, &node->children.front(), used, share, to);
                return;
        }
    }

    void after(const ReworkNode* scope, const ReworkNode* node, unsigned used, double share, Spread& to) const {
        if (node == scope) {
            to.push_back({{nullptr, used, ""}, share});
            return;
        }
        const ReworkNode* parent = node->parent;
        if (node->kind != Kind::branch && node->at + 1 < parent->children.size())
            begin(scope, &parent->children[node->at + 1], used, share, to);
        else
            after(scope, parent, used, share, to);
    }

    void send(const ReworkNode* scope, const std::string& target, unsigned used, double share, Spread& to) const {
        const ReworkNode* node = named_.at(target);
        if (holds(scope, node))
            begin(scope, node, used, share, to);
        else
            to.push_back({{nullptr, used, target}, share});
    }

    Spread moves(const ReworkNode* scope, const State& state) {
        Spread to;
        if (state.place->kind == Kind::parallel) {
            for (const auto& [outcome, share] : together(state)) {
                if (outcome.out.empty())
                    after(scope, state.place, outcome.used, share, to);
                else
                    send(scope, outcome.out, outcome.used, share, to);
            }
            return to;
        }
        double forward = 1;
        for (const auto& back : state.place->backs) {
            if (back.to.empty()) continue;
            unsigned used = state.used;
            if (back.once) {
                if ((used & (1u << back.bit)) != 0) continue;
                used |= 1u << back.bit;
            }
            forward -= back.percent / 100.0;
            send(scope, back.to, used, back.percent / 100.0, to);
        }
        after(scope, state.place, state.used, forward, to);
        return to;
    }

    /// Every combination of the outcomes of a parallel's branches.
    std::map<State, double> together(const State& state) {
        std::map<State, double> all{{{nullptr, state.used, ""}, 1.0}};
        for (const ReworkNode& branch : state.place->children) {
            std::map<State, double> next;
            for (const auto& [so_far, a] : all) {
                for (const auto& [own, b] : solve(&branch, state.used).outcomes) {
                    State both{nullptr, so_far.used | own.used, so_far.out};
                    if (both.out.empty() || (!own.out.empty() && order_.at(own.out) < order_.at(both.out)))
                        both.out = own.out;
                    next[both] += a * b;
                }
            }
            all = next;
        }
        return all;
    }

    Times times_of(const State& state) {
        Times times;
        if (state.place->kind == Kind::parallel) {
            double work = 0;
            for (const ReworkNode& branch : state.place->children) {
                const Times own = solve(&branch, state.used).times;
                const bool longer = own.lead > times.lead * (1 + 1e-9);
                const bool as_long = !longer && own.lead >= times.lead * (1 - 1e-9);
                if (longer || (as_long && own.process > times.process)) times = own;
                work += own.work;
            }
            times.work = work;
            return times;
        }
        times.process = static_cast<double>(state.place->process);
        times.lead = times.process + static_cast<double>(state.place->wait);
        for (const auto& back : state.place->backs) {
            if (!back.to.empty()) continue;
            const double p = back.percent / 100.0, passes = back.once ? p : p / (1 - p);
            times.process += passes * static_cast<double>(back.process);
            times.lead += passes * static_cast<double>(back.process + back.wait);
        }
        times.work = times.process;
        return times;
    }

    const Solved& solve(const ReworkNode* scope, unsigned used) {
        const auto known = solved_.find({scope, used});
        if (known != solved_.end()) return known->second;
        Spread start;
        begin(scope, scope, used, 1, start);
        std::map<State, std::size_t> index;
        std::vector<State> states;
        std::vector<Spread> all_moves;
        const auto see = [&](const State& state) {
            if (state.place != nullptr && index.emplace(state, states.size()).second) states.push_back(state);
        };
        for (const auto& [state, share] : start) see(state);
        for (std::size_t i = 0; i < states.size(); ++i) {
            all_moves.push_back(moves(scope, states[i]));
            for (const auto& [state, share] : all_moves.back()) see(state);
        }
        const std::size_t n = states.size();
        std::vector<std::vector<double>> a(n, std::vector<double>(n + 1));
        for (std::size_t i = 0; i < n; ++i) {
            a[i][i] += 1;
            for (const auto& [state, share] : all_moves[i])
                if (state.place != nullptr) a[index.at(state)][i] -= share;
        }
        Solved made;
        for (const auto& [state, share] : start) {
            if (state.place != nullptr)
                a[index.at(state)][n] += share;
            else
                made.outcomes[state] += share;
        }
        eliminate(a);
        for (std::size_t i = 0; i < n; ++i) {
            const double count = a[i][n];
            made.visits[states[i]] = count;
            const Times times = times_of(states[i]);
            made.times.lead += count * times.lead;
            made.times.process += count * times.process;
            made.times.work += count * times.work;
            for (const auto& [state, share] : all_moves[i])
                if (state.place == nullptr) made.outcomes[state] += count * share;
        }
        return solved_[{scope, used}] = made;
    }

    /// Gauss-Jordan elimination with the largest pivot; the last column becomes the solution.
    static void eliminate(std::vector<std::vector<double>>& a) {
        const std::size_t n = a.size();
        for (std::size_t k = 0; k < n; ++k) {
            std::size_t pivot = k;
            for (std::size_t i = k; i < n; ++i)
                if (std::fabs(a[i][k]) > std::fabs(a[pivot][k])) pivot = i;
            std::swap(a[k], a[pivot]);
            for (std::size_t j = n + 1; j-- > k;) a[k][j] /= a[k][k];
            for (std::size_t i = 0; i < n; ++i) {
                if (i == k || a[i][k] == 0) continue;
                for (std::size_t j = n + 1; j-- > k;) a[i][j] -= a[i][k] * a[k][j];
            }
        }
    }

    void count(const Solved& solved, double times) {
        for (const auto& [state, amount] : solved.visits) {
            if (state.place->kind != Kind::parallel) {
                visits[state.place->name] += times * amount;
                continue;
            }
            for (const ReworkNode& branch : state.place->children) count(solve(&branch, state.used), times * amount);
        }
    }

    const ReworkNode& root_;
    std::map<std::string, int> order_;
    std::map<std::string, const ReworkNode*> named_;
    std::map<std::pair<const ReworkNode*, unsigned>, Solved> solved_;
};

}  // namespace vsm::tests
