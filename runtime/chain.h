// An absorbing Markov chain solved by elimination. For runtime/ alone; knows no steps and no times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/sums_by_key.h"

namespace vsm::runtime {

/// States 1 to `count`, and state 0 from which the items come. Solved from the last state to the first without a difference of
/// probabilities (W. K. Grassmann, M. I. Taksar and D. P. Heyman, "Regenerative analysis and steady state distributions for Markov
/// chains", Operations Research 33, 1985). Where each state has one lower state from which it is entered when its turn comes, as in a row of
/// steps however they send back, it takes a number of steps that grows little faster than that of the moves.
class SparseChain {
public:
    explicit SparseChain(std::size_t count) : moves_(count + 1), states_(count + 1) {}

    /// From state 0: how many items begin at `to`. `to` is not 0.
    void add(std::size_t from, std::size_t to, double probability);
    /// Out of the chain.
    void leave(std::size_t from, double probability) { states_[from].leaving += probability; }

    /// Expected visits of each state, by its number: the row of (I − Q)⁻¹ that belongs to the beginnings (J. G. Kemeny and J. L. Snell,
    /// *Finite Markov Chains*, 1960, chapter 3). Infinite where items cannot leave. Uses the chain up.
    std::vector<double> visits();

    /// What it cost so far, in steps.
    std::size_t work() const { return states_.size() + moves_.work(); }

private:
    struct Entry {
        std::uint32_t from;
        double probability;
    };
    struct State {
        SumsByKey::Root moves = 0;  ///< probabilities by where they lead
        double leaving = 0;
        double staying_out = 1;             ///< probability not to come back to it before one with a lower number
        std::vector<std::uint32_t> before;  ///< lower states that move here
        std::vector<Entry> entered;         ///< from lower states, once all higher ones are eliminated
    };

    void eliminate(std::uint32_t at);
    void pass_on(std::uint32_t from, std::uint32_t over, bool last);

    SumsByKey moves_;
    std::vector<State> states_;
};

}  // namespace vsm::runtime
