#include "runtime/rework/chain.h"

#include <limits>

#include "base/check.h"

namespace vsm::runtime {

void SparseChain::add(std::size_t from, std::size_t to, double probability) {
    VSM_CHECK(to > 0 && to < states_.size());
    if (!(probability > 0)) return;
    const bool is_new = moves_.add(states_[from].moves, to, probability);
    if (is_new && from < to) states_[to].before.push_back(static_cast<std::uint32_t>(from));
}

std::vector<double> SparseChain::visits() {
    for (std::size_t at = states_.size() - 1; at > 0; --at) eliminate(static_cast<std::uint32_t>(at));
    std::vector<double> visits(states_.size());
    visits[0] = 1;
    for (std::size_t at = 1; at < states_.size(); ++at) {
        double entries = 0;
        for (const Entry& entry : states_[at].entered) entries += visits[entry.from] * entry.probability;
        if (!(entries > 0)) continue;
        const double out = states_[at].staying_out;
        visits[at] = out > 0 ? entries / out : std::numeric_limits<double>::infinity();
    }
    return visits;
}

/// All higher states are gone: transitions into this state are redirected to lower states, or out.
void SparseChain::eliminate(std::uint32_t at) {
    State& state = states_[at];
    moves_.take(state.moves, at);
    const double out = state.leaving + moves_.sum(state.moves);
    state.staying_out = out;
    if (out > 0) {
        moves_.scale(state.moves, 1 / out);
        state.leaving /= out;
    }
    for (std::size_t i = 0; i < state.before.size(); ++i) pass_on(state.before[i], at, i + 1 == state.before.size());
    state.before = {};
}

/// `last`: no other state needs the transitions of `over`, so they are moved instead of copied.
void SparseChain::pass_on(std::uint32_t from, std::uint32_t over, bool last) {
    State& state = states_[from];
    State& gone = states_[over];
    const double share = moves_.take(state.moves, over);
    gone.entered.push_back({from, share});
    state.leaving += share * gone.leaving;
    if (gone.moves == 0) return;
    const SumsByKey::Root passed = last ? gone.moves : moves_.copy(gone.moves);
    if (last) gone.moves = 0;
    moves_.scale(passed, share);
    moves_.visit_keys_above(passed, from, [&](std::size_t to) {
        auto& before = states_[to].before;
        if (!moves_.has(state.moves, to)) before.push_back(from);
    });
    moves_.merge(state.moves, passed);
}

}  // namespace vsm::runtime
