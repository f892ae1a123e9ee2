// Solves an absorbing Markov chain by elimination. Internal to runtime/; does not depend on steps or times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/rework/sums_by_key.h"

namespace vsm::runtime {

/// States 1 to `count`, and state 0, where items enter. Eliminates states from the last to the first without
/// subtracting probabilities (W. K. Grassmann, M. I. Taksar and D. P. Heyman, "Regenerative analysis and steady state
/// distributions for Markov chains", Operations Research 33, 1985). If each state is entered from only one lower state
/// when it is eliminated, as in a row of steps with any rework, the cost grows little faster than the number of
/// transitions.
class SparseChain {
public:
    explicit SparseChain(std::size_t count) : moves_(count + 1), states_(count + 1) {}

    /// Adds a transition. From state 0: the number of items that start at `to`. `to` is not 0.
    void add(std::size_t from, std::size_t to, double probability);
    /// Adds a transition out of the chain.
    void leave(std::size_t from, double probability) { states_[from].leaving += probability; }

    /// Expected visits by state: the row of (I − Q)⁻¹ for the entry distribution (J. G. Kemeny and J. L. Snell, *Finite
    /// Markov Chains*, 1960, chapter 3). Infinite if items cannot leave. Consumes the chain.
    std::vector<double> visits();

    /// Work so far, in elementary steps.
    std::size_t work() const { return states_.size() + moves_.work(); }

private:
    struct Entry {
        std::uint32_t from;
        double probability;
    };
    struct State {
        SumsByKey::Root moves = 0;  ///< probabilities by target
        double leaving = 0;
        double staying_out = 1;             ///< probability of moving to a lower state, or out, before returning
        std::vector<std::uint32_t> before;  ///< lower states with a transition to this one
        std::vector<Entry> entered;         ///< transitions from lower states, after all higher states are eliminated
    };

    void eliminate(std::uint32_t at);
    void pass_on(std::uint32_t from, std::uint32_t over, bool last);

    SumsByKey moves_;
    std::vector<State> states_;
};

}  // namespace vsm::runtime
