// Random samples of the lead times of the maps of dense_map.h: one item after another goes through the map. Shares no
// code with runtime/.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/runtime/rework/dense_solver.h"

namespace vsm::tests {

class DenseSampler : public DenseSolver {
public:
    using DenseSolver::DenseSolver;

    /// A random sample of the lead time of one item, in minutes; call after `run`.
    double sample(Dice& dice) { return sample(root_, nullptr, 0, dice).lead; }

private:
    struct Sampled {
        double lead = 0;
        State end;  ///< without a place
    };

    static double fraction(Dice& dice) { return static_cast<double>(dice.below(1'000'000'000)) / 1e9; }

    static const State& drawn(const Spread& spread, Dice& dice) {
        double left = fraction(dice);
        for (const auto& [state, share] : spread)
            if ((left -= share) < 0) return state;
        return spread.back().first;
    }

    double sample_leaf(const DenseNode& node, Dice& dice) {
        if (node.kind == Kind::queue) return times_of({named_.at(node.name), nullptr, 0, "", false}).lead;
        const auto between = [&](long low, long high) {
            return static_cast<double>(low) + fraction(dice) * static_cast<double>(high - low);
        };
        double lead = between(node.process, node.process_high) + between(node.wait, node.wait_high);
        for (const auto& back : node.backs) {
            if (!back.to.empty()) continue;
            while (fraction(dice) < back.percent / 100.0) {
                lead += static_cast<double>(back.process + back.wait);
                if (back.once) break;
            }
        }
        return lead;
    }

    /// Runs all members, each as soon as its predecessors are done.
    Sampled sample_side(const State& state, Dice& dice) {
        const std::vector<char> runs = running(state);
        std::vector<double> done(runs.size());
        std::vector<std::string> asked(runs.size());
        std::vector<char> stopped(runs.size());
        Sampled all;
        unsigned used = state.used;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (runs[i] == 0) continue;
            for (std::size_t k = 0; k < i; ++k) {
                if (runs[k] == 0 || !waits(*state.place, k, i)) continue;
                done[i] = std::max(done[i], done[k]);
                if (!asked[k].empty() || stopped[k] != 0) stopped[i] = 1;
            }
            if (stopped[i] != 0) continue;
            const Place* scope = state.place->inside[i].get();
            const Sampled own = sample(
                scope, state.start != nullptr && holds(scope, state.start) ? state.start : nullptr, state.used, dice);
            done[i] += own.lead;
            asked[i] = own.end.out;
            used |= own.end.used;
        }
        for (const double time : done) all.lead = std::max(all.lead, time);
        all.end = settled(state, used, asked);
        return all;
    }

    Sampled sample(const Place* scope, const Place* start, unsigned used, Dice& dice) {
        Spread to;
        if (start == nullptr)
            begin(scope, scope, used, 1, to);
        else
            send(scope, start, used, 1, to);
        Sampled sum;
        for (sum.end = drawn(to, dice); sum.end.place != nullptr; sum.end = drawn(to, dice)) {
            const State at = sum.end;
            to.clear();
            if (at.place->kind == Place::Kind::leaf) {
                sum.lead += sample_leaf(*at.place->node, dice);
                to = moves(scope, at);
                continue;
            }
            const Sampled side = sample_side(at, dice);
            sum.lead += side.lead;
            if (side.end.again)
                to.push_back({{at.place, nullptr, side.end.used, "", false}, 1});
            else if (side.end.out.empty())
                after(scope, at.place, side.end.used, 1, to);
            else
                send_back(scope, side.end.out, side.end.used, 1, to);
        }
        return sum;
    }
};

}  // namespace vsm::tests
