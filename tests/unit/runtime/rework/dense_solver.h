// An independent computation of the figures of the maps of dense_map.h: enumerates every state of an item, including
// the `once` that it has used, and solves one dense system of equations per scope. For parallel members it enumerates
// every combination of their outcomes. Shares no code with runtime/; slow, but simple enough to be obviously right.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "tests/unit/runtime/rework/dense_places.h"

namespace vsm::tests {

class DenseSolver : protected DensePlaces {
public:
    /// In minutes.
    struct Times {
        double lead = 0, process = 0, work = 0;
    };

    explicit DenseSolver(const DenseNode& root) : DensePlaces(root) {}

    /// The expected times of one item. Fills `visits`.
    Times run() {
        count(solve(root_, nullptr, 0), 1);
        first_ = false;
        known_.clear();
        const std::map<std::string, double> all = visits;
        const Times times = solve(root_, nullptr, 0).times;
        visits = all;
        return times;
    }

    double yield() const { return yield_of(*root_); }

    std::map<std::string, double> visits;  ///< of steps, waits and queues

protected:
    /// The position of an item, where its unit started, and the used `once`. Without a place: at the end, on the way
    /// out to a target, or about to restart everything.
    struct State {
        const Place* place = nullptr;
        const Place* start = nullptr;
        unsigned used = 0;
        std::string out;
        bool again = false;
        auto operator<=>(const State&) const = default;
    };
    struct Solved {
        Times times;
        std::map<State, double> visits, outcomes;
    };
    using Spread = std::vector<std::pair<State, double>>;

    // ---- transitions ----

    static void begin(const Place* scope, const Place* place, unsigned used, double share, Spread& to) {
        switch (place->kind) {
            case Place::Kind::leaf:
            case Place::Kind::side: to.push_back({{place, nullptr, used, "", false}, share}); return;
            case Place::Kind::choice:
                for (const auto& branch : place->inside)
                    if (branch->node->share > 0)
                        begin(scope, branch.get(), used, share * branch->node->share / 100, to);
                return;
            case Place::Kind::row:
                if (place->inside.empty())
                    after(scope, place, used, share, to);
                else
                    begin(scope, place->inside.front().get(), used, share, to);
        }
    }

    static void after(const Place* scope, const Place* place, unsigned used, double share, Spread& to) {
        if (place == scope) {
            to.push_back({{nullptr, nullptr, used, "", false}, share});
            return;
        }
        const Place* parent = place->parent;
        if (parent->kind == Place::Kind::row && place->at + 1 < parent->inside.size())
            begin(scope, parent->inside[place->at + 1].get(), used, share, to);
        else
            after(scope, parent, used, share, to);
    }

    /// Sends an item to a target; if that is inside a parallel place, the place restarts there.
    void send(const Place* scope, const Place* target, unsigned used, double share, Spread& to) const {
        const Place* side = nullptr;
        for (const Place* at = target; at != scope; at = at->parent)
            if (at != target && at->kind == Place::Kind::side) side = at;
        if (side != nullptr)
            to.push_back({{side, target, used, "", false}, share});
        else
            begin(scope, target, used, share, to);
    }

    void send_back(const Place* scope, const std::string& name, unsigned used, double share, Spread& to) const {
        const Place* target = named_.at(name);
        if (holds(scope, target))
            send(scope, target, used, share, to);
        else
            to.push_back({{nullptr, nullptr, used, name, false}, share});
    }

    Spread moves(const Place* scope, const State& state) {
        Spread to;
        if (state.place->kind == Place::Kind::side) {
            for (const auto& [outcome, share] : together(state)) {
                if (outcome.again)
                    to.push_back({{state.place, nullptr, outcome.used, "", false}, share});
                else if (outcome.out.empty())
                    after(scope, state.place, outcome.used, share, to);
                else
                    send_back(scope, outcome.out, outcome.used, share, to);
            }
            return to;
        }
        double forward = 1;
        for (const auto& back : state.place->node->backs) {
            if (back.to.empty()) continue;
            unsigned used = state.used;
            if (back.once) {
                if ((used & (1u << back.bit)) != 0) continue;
                used |= 1u << back.bit;
            }
            forward -= back.percent / 100.0;
            send_back(scope, back.to, used, back.percent / 100.0, to);
        }
        after(scope, state.place, state.used, forward, to);
        return to;
    }

    // ---- parallel members ----

    static bool waits(const Place& side, std::size_t a, std::size_t b) {
        return !side.less.empty() && side.less[a][b] != 0;
    }

    /// Which members run: all, or those from an inner start onward.
    static std::vector<char> running(const State& state) {
        const Place& side = *state.place;
        std::vector<char> runs(side.inside.size(), state.start == nullptr ? 1 : 0);
        if (state.start == nullptr) return runs;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (!holds(side.inside[i].get(), state.start)) continue;
            runs[i] = 1;
            for (std::size_t k = 0; k < runs.size(); ++k)
                if (waits(side, i, k)) runs[k] = 1;
        }
        return runs;
    }

    const Solved& member(const State& state, std::size_t i) {
        const Place* scope = state.place->inside[i].get();
        return solve(scope, state.start != nullptr && holds(scope, state.start) ? state.start : nullptr, state.used);
    }

    std::map<State, double> together(const State& state) {
        std::map<State, double> all;
        std::vector<std::string> asked(state.place->inside.size());
        combine(state, running(state), 0, state.used, 1, asked, all);
        return all;
    }

    /// `asked` has the rework targets of the members so far. Members that wait for a requesting or stopped one do not
    /// run.
    void combine(const State& state, const std::vector<char>& runs, std::size_t i, unsigned used, double share,
                 std::vector<std::string>& asked, std::map<State, double>& all) {
        const Place& side = *state.place;
        if (i == side.inside.size()) {
            all[settled(state, used, asked)] += share;
            return;
        }
        bool stopped = runs[i] == 0;
        for (std::size_t k = 0; k < i; ++k) stopped = stopped || (waits(side, k, i) && !asked[k].empty());
        if (stopped) return combine(state, runs, i + 1, used, share, asked, all);
        for (const auto& [outcome, probability] : member(state, i).outcomes) {
            asked[i] = outcome.out;
            combine(state, runs, i + 1, used | outcome.used, share * probability, asked, all);
        }
        asked[i].clear();
    }

    /// The earliest target, if all requesting members run again from there; else everything restarts.
    State settled(const State& state, unsigned used, const std::vector<std::string>& asked) const {
        State to{nullptr, nullptr, used, "", false};
        for (const std::string& one : asked)
            if (!one.empty() && (to.out.empty() || order_.at(one) < order_.at(to.out))) to.out = one;
        if (to.out.empty() || state.place->less.empty() || !holds(state.place, named_.at(to.out))) return to;
        const std::vector<char> again = running({state.place, named_.at(to.out), 0, "", false});
        for (std::size_t i = 0; i < asked.size(); ++i)
            if (!asked[i].empty() && again[i] == 0) return {nullptr, nullptr, used, "", true};
        return to;
    }

    /// By member: the probability that it runs.
    std::vector<double> likely(const State& state) {
        const std::vector<char> runs = running(state);
        std::vector<double> goes_on(runs.size(), 1), likely(runs.begin(), runs.end());
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (runs[i] == 0) continue;
            goes_on[i] = 0;
            for (const auto& [outcome, share] : member(state, i).outcomes)
                if (outcome.out.empty()) goes_on[i] += share;
            for (std::size_t k = 0; k < i; ++k)
                if (waits(*state.place, k, i) && runs[k] != 0) likely[i] *= goes_on[k];
        }
        return likely;
    }

    /// All maximal sequences of running members that wait for one another.
    static void ways_from(const Place& side, const std::vector<char>& runs, std::vector<std::size_t> way,
                          std::vector<std::vector<std::size_t>>& all) {
        bool last = true;
        for (std::size_t next = 0; next < runs.size(); ++next) {
            if (runs[next] == 0 || (!way.empty() && !waits(side, way.back(), next))) continue;
            bool direct = true;
            for (std::size_t k = 0; k < runs.size(); ++k)
                if (runs[k] != 0 && waits(side, k, next) && (way.empty() || waits(side, way.back(), k))) direct = false;
            if (!direct) continue;
            last = false;
            std::vector<std::size_t> longer = way;
            longer.push_back(next);
            ways_from(side, runs, longer, all);
        }
        if (last) all.push_back(way);
    }

    Times side_by_side(const State& state) {
        const std::vector<char> runs = running(state);
        const std::vector<double> weights = likely(state);
        std::vector<std::vector<std::size_t>> ways;
        ways_from(*state.place, runs, {}, ways);
        Times longest;
        for (const auto& way : ways) {
            Times sum;
            for (const std::size_t i : way) {
                sum.lead += weights[i] * member(state, i).times.lead;
                sum.process += weights[i] * member(state, i).times.process;
            }
            const bool longer = sum.lead > longest.lead * (1 + 1e-9);
            const bool as_long = !longer && sum.lead >= longest.lead * (1 - 1e-9);
            if (longer || (as_long && sum.process > longest.process)) longest = sum;
        }
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (runs[i] != 0) longest.work += weights[i] * member(state, i).times.work;
        return longest;
    }

    // ---- one scope ----

    Times times_of(const State& state) {
        if (state.place->kind == Place::Kind::side) return side_by_side(state);
        const DenseNode& node = *state.place->node;
        Times times;
        if (node.kind == Kind::queue) {
            const auto found = visits.find(node.name);
            if (!first_ && found != visits.end() && found->second > 0)
                times.lead =
                    static_cast<double>(node.items) * 2400 / (static_cast<double>(dense_demand) * found->second);
            return times;
        }
        times.process = static_cast<double>(node.process + node.process_high) / 2;
        times.lead = times.process + static_cast<double>(node.wait + node.wait_high) / 2;
        for (const auto& back : node.backs) {
            if (!back.to.empty()) continue;
            const double p = back.percent / 100.0, passes = back.once ? p : p / (1 - p);
            times.process += passes * static_cast<double>(back.process);
            times.lead += passes * static_cast<double>(back.process + back.wait);
        }
        times.work = times.process;
        return times;
    }

    const Solved& solve(const Place* scope, const Place* start, unsigned used) {
        const auto known = known_.find({scope, start, used});
        if (known != known_.end()) return known->second;
        Spread beginning;
        if (start == nullptr)
            begin(scope, scope, used, 1, beginning);
        else
            send(scope, start, used, 1, beginning);
        std::map<State, std::size_t> index;
        std::vector<State> states;
        std::vector<Spread> all_moves;
        const auto see = [&](const State& state) {
            if (state.place != nullptr && index.emplace(state, states.size()).second) states.push_back(state);
        };
        for (const auto& [state, share] : beginning) see(state);
        for (std::size_t i = 0; i < states.size(); ++i) {
            all_moves.push_back(moves(scope, states[i]));
            for (const auto& [state, share] : all_moves.back()) see(state);
        }
        const std::size_t n = states.size();
        std::vector<std::vector<double>> a(n, std::vector<double>(n + 1));
        Solved made;
        for (std::size_t i = 0; i < n; ++i) {
            a[i][i] += 1;
            for (const auto& [state, share] : all_moves[i])
                if (state.place != nullptr) a[index.at(state)][i] -= share;
        }
        for (const auto& [state, share] : beginning) {
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
        return known_[{scope, start, used}] = made;
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
            if (state.place->kind == Place::Kind::leaf) {
                visits[state.place->node->name] += times * amount;
                continue;
            }
            const std::vector<char> runs = running(state);
            const std::vector<double> weights = likely(state);
            for (std::size_t i = 0; i < runs.size(); ++i)
                if (runs[i] != 0) count(member(state, i), times * amount * weights[i]);
        }
    }

    static double yield_of(const Place& place) {
        double yield = 1, sum = 0, forward = 1;
        if (place.kind == Place::Kind::leaf)
            for (const auto& back : place.node->backs) {
                if (back.to.empty())
                    yield *= 1 - back.percent / 100.0;
                else
                    forward -= back.percent / 100.0;
            }
        for (const auto& one : place.inside) {
            yield *= yield_of(*one);
            if (place.kind == Place::Kind::choice) sum += one->node->share / 100.0 * yield_of(*one);
        }
        return place.kind == Place::Kind::choice ? sum : yield * forward;
    }

    std::map<std::tuple<const Place*, const Place*, unsigned>, Solved> known_;
    bool first_ = true;
};

}  // namespace vsm::tests
