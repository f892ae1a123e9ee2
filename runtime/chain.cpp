#include "runtime/chain.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace vsm::runtime {

void SparseChain::add(std::size_t from, std::size_t to, double probability) {
    VSM_CHECK(to > 0 && to < states_.size());
    if (!(probability > 0)) return;
    auto& moves = states_[from].moves;
    const auto place =
        std::lower_bound(moves.begin(), moves.end(), to, [](const Move& move, std::size_t at) { return move.to < at; });
    if (place != moves.end() && place->to == to) {
        place->probability += probability;
        return;
    }
    moves.insert(place, {static_cast<std::uint32_t>(to), probability});
    if (from < to) states_[to].before.push_back(static_cast<std::uint32_t>(from));
}

std::vector<double> SparseChain::visits() {
    for (std::size_t at = states_.size() - 1; at > 0; --at) eliminate(static_cast<std::uint32_t>(at));
    std::vector<double> visits(states_.size());
    visits[0] = 1;
    for (std::size_t at = 1; at < states_.size(); ++at) {
        double entries = 0;
        for (const Move& move : states_[at].entered) entries += visits[move.to] * move.probability;
        if (!(entries > 0)) continue;
        const double out = states_[at].staying_out;
        visits[at] = out > 0 ? entries / out : std::numeric_limits<double>::infinity();
    }
    return visits;
}

/// All higher states are gone: what moves here moves on to lower ones, or out.
void SparseChain::eliminate(std::uint32_t at) {
    State& state = states_[at];
    work_ += 1 + state.moves.size() * (1 + state.before.size());
    if (!state.moves.empty() && state.moves.back().to == at) state.moves.pop_back();
    double out = state.leaving;
    for (const Move& move : state.moves) out += move.probability;
    state.staying_out = out;
    if (out > 0) {
        for (Move& move : state.moves) move.probability /= out;
        state.leaving /= out;
    }
    for (const std::uint32_t from : state.before) pass_on(from, at);
    state.moves = {};
    state.before = {};
}

void SparseChain::pass_on(std::uint32_t from, std::uint32_t over) {
    State& state = states_[from];
    const State& gone = states_[over];
    const double share = state.moves.back().probability;  // all higher moves are gone, so the last one leads here
    state.moves.pop_back();
    states_[over].entered.push_back({from, share});
    state.leaving += share * gone.leaving;
    if (gone.moves.empty()) return;
    merged_.clear();
    auto own = state.moves.begin();
    for (const Move& move : gone.moves) {
        while (own != state.moves.end() && own->to < move.to) merged_.push_back(*own++);
        if (own != state.moves.end() && own->to == move.to) {
            merged_.push_back({move.to, own->probability + share * move.probability});
            ++own;
            continue;
        }
        merged_.push_back({move.to, share * move.probability});
        if (from < move.to) states_[move.to].before.push_back(from);
    }
    merged_.insert(merged_.end(), own, state.moves.end());
    state.moves.assign(merged_.begin(), merged_.end());
}

}  // namespace vsm::runtime
