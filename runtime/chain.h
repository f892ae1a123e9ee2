// An absorbing Markov chain solved by elimination. For runtime/ alone; knows no steps and no times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vsm::runtime {

/// States 1 to `count`, and state 0 from which the items come. Solved from the last state to the first without a difference of
/// probabilities (W. K. Grassmann, M. I. Taksar and D. P. Heyman, "Regenerative analysis and steady state distributions for Markov
/// chains", Operations Research 33, 1985). Where moves lead back over short spans only, it takes a constant number of steps a state.
class SparseChain {
public:
    explicit SparseChain(std::size_t count) : states_(count + 1) {}

    /// From state 0: how many items begin at `to`. `to` is not 0.
    void add(std::size_t from, std::size_t to, double probability);
    /// Out of the chain.
    void leave(std::size_t from, double probability) { states_[from].leaving += probability; }

    /// Expected visits of each state, by its number: the row of (I − Q)⁻¹ that belongs to the beginnings (J. G. Kemeny and J. L. Snell,
    /// *Finite Markov Chains*, 1960, chapter 3). Infinite where items cannot leave. Uses the chain up.
    std::vector<double> visits();

    /// Moves looked at by visits(): what it cost.
    std::size_t work() const { return work_; }

private:
    struct Move {
        std::uint32_t to;
        double probability;
    };
    struct State {
        std::vector<Move> moves;  ///< by `to`
        double leaving = 0;
        double staying_out = 1;             ///< probability not to come back to it before one with a lower number
        std::vector<std::uint32_t> before;  ///< lower states that move here
        std::vector<Move> entered;          ///< from lower states, once all higher ones are eliminated
    };

    void eliminate(std::uint32_t at);
    void pass_on(std::uint32_t from, std::uint32_t over);

    std::vector<State> states_;
    std::vector<Move> merged_;
    std::size_t work_ = 0;
};

}  // namespace vsm::runtime
