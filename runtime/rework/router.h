// Sends items along the routes of a stream, including rework: how often they visit each state and where they go.
// Internal to runtime/; does not depend on times.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "runtime/rework/routes.h"

namespace vsm::runtime {

class Solutions;

/// Items at a state; `used` has the bits of the `once` that they have used up.
struct Arrival {
    std::uint32_t state;
    std::uint32_t used;
    double items;
};

/// An entry into a unit: the start (variant), and the `once` inside it that are used up.
struct UnitEntry {
    std::uint32_t variant, used;
    auto operator<=>(const UnitEntry&) const = default;
};

/// Expected visits of the states of a chain, or of a stretch of one, and of the units among them by entry.
struct Visits {
    std::vector<double> states;  ///< from the first state of the stretch
    std::map<std::uint32_t, std::map<UnitEntry, double>> units;
};

/// Where a share of the items goes after a unit.
struct Outcome {
    std::uint32_t target;  ///< its order on the routes; none: onward
    std::uint32_t used;
    double share;
    bool again = false;  ///< the whole unit begins again
};

/// The transitions of a unit for one entry.
struct Kernel {
    std::vector<Visits> members;  ///< for one item that enters the member; empty if it does not run
    std::vector<double> runs;     ///< by member: the probability that it runs
    std::vector<Outcome> outcomes;
};
using Kernels = std::map<UnitEntry, Kernel>;

/// A loop of the stream's own chain, or a single state of it.
struct Stretch {
    std::uint32_t first = 0, last = 0;
    bool loop = false;
    double items = 0;                                     ///< items that enter it, per item of the stream
    Visits visits;                                        ///< of one item that enters it
    std::vector<std::pair<std::uint32_t, double>> exits;  ///< share of the items by next state
};

/// Items on an absorbing Markov chain over the states of a stream: expected visits are a row of (I − Q)⁻¹ (John G.
/// Kemeny and J. Laurie Snell, *Finite Markov Chains*, 1960, chapter 3). Each `once … to` adds a bit to the state; what
/// runs in parallel is one state.
class Router {
public:
    /// Borrows the routes. `solutions` (may be null) shares results for equal loops of other streams.
    Router(const Routes& routes, Solutions* solutions);

    const Routes& routes() const { return routes_; }
    /// The parts of the stream's own chain, in order.
    const std::vector<Stretch>& parts() const { return parts_; }
    const Stretch& part_of(std::uint32_t state) const { return parts_[part_of_[state]]; }
    const Kernel& kernel(std::uint32_t unit, UnitEntry begun);

    /// While an instance lives, the kernels are those of the map in which a leaf sends nothing back.
    class Without;

    /// Visits of one item that starts at a state of the stream's own chain. Items that leave `cut` forward, or `last`
    /// in any direction, no longer count; pass `none` for none.
    Visits from(std::uint32_t begin, std::uint32_t cut, std::uint32_t last);

    /// Adds the expected visits to `elements`, by element id, down through all nested units. Counts only the members of
    /// a unit that `chosen` selects, if given.
    using Chosen = std::function<const std::vector<char>&(std::uint32_t unit, UnitEntry begun)>;
    void spread(const Stretch& part, const Visits& visits, double items, std::vector<double>& elements,
                const Chosen& chosen = {});

    // For Solutions: adopts an earlier result for an equal part, and returns the kernels of the units in a part; if
    // `without`, only those of units that contain the leaf that sends nothing back.
    void accept(std::map<std::uint32_t, Kernels> kernels, std::size_t work, bool endless);
    std::map<std::uint32_t, const Kernels*> kernels_in(const Stretch& part, bool without) const;

    /// Whether some state would be visited more than 10⁹ times, so that its time is beyond measure; visits are capped
    /// there.
    bool endless() const { return endless_; }
    /// Work so far, to bound it; includes the work that another stream spent on a shared loop.
    std::size_t work() const { return work_; }
    /// This stream's share of a work budget.
    std::size_t share_of(double most) const { return static_cast<std::size_t>(routes_.budget_share() * most); }

private:
    /// A transition from a state.
    struct Transition {
        std::uint32_t state;   ///< the chain's length for its end; none: out of the chain
        std::uint32_t target;  ///< if out of the chain: the target's order
        std::uint32_t used;
        double share;
    };
    /// Receives the results of a flow through a chain.
    class Sink;
    class ForwardSink;
    class Record;

    void find_parts();
    std::vector<std::uint32_t> open_onces(const Stretch& part) const;
    void settle(Stretch& part, const std::vector<std::uint32_t>& open);
    /// Solves a part, or takes the solution of an equal part of another stream.
    void solve_once(Stretch& part, ir::ElementId without);
    void solve(Stretch& part);
    void forget_kernels(const Stretch& part);
    void flow(std::uint32_t chain, const std::vector<Arrival>& items, Sink& sink);
    void flow_through(std::uint32_t chain, std::uint32_t first, std::uint32_t last, const std::vector<Arrival>& items,
                      Sink& sink);
    void find_transitions(std::uint32_t chain, std::uint32_t state, std::uint32_t used,
                          std::vector<Transition>& transitions);
    void find_all_transitions(std::uint32_t chain, const State& state, std::uint32_t used,
                              std::vector<Transition>& transitions);
    void find_rework_transitions(std::uint32_t chain, const State& state, std::uint32_t used,
                                 std::vector<Transition>& transitions) const;
    void pass_stop(std::uint32_t chain, std::uint32_t state, double items, Sink& sink);
    void send(const Transition& transition, double items, std::uint32_t first, std::uint32_t last,
              std::map<std::uint32_t, std::vector<Arrival>>& waiting, Sink& sink) const;
    Kernel make_kernel(std::uint32_t unit, UnitEntry begun);
    void weigh_runs(const Unit& unit, const std::vector<std::vector<Outcome>>& outcomes, Kernel& kernel) const;
    std::vector<Outcome> combined(const std::vector<std::vector<Outcome>>& members, std::uint32_t used);
    std::vector<Outcome> combined_in_graph(const Unit& unit, const std::vector<std::vector<Outcome>>& members,
                                           std::uint32_t used);
    std::vector<char> covered_from(const Unit& unit, std::uint32_t target) const;
    void try_without(ir::ElementId leaf, const Stretch& part);

    const Routes& routes_;
    Solutions* solutions_;
    std::vector<double> approximated_;  ///< by number of the `once`: its approximate rate
    std::vector<Kernels> kernels_;      ///< by unit
    std::vector<Stretch> parts_;
    std::vector<std::uint32_t> part_of_;  ///< by state of the stream's own chain
    std::uint32_t cut_ = none;            ///< a state of the stream's own chain after which nothing counts
    std::uint32_t last_ = none;           ///< a state of the stream's own chain that items leave only by its end
    bool endless_ = false;
    std::size_t work_ = 0;
    ir::ElementId without_;  ///< sends nothing back at present
    ir::ElementId tried_;    ///< the last leaf evaluated without its rework
    Visits tried_visits_;
    std::vector<char> changed_;                       ///< by unit: contains `without_`
    std::map<std::uint32_t, Kernels> other_kernels_;  ///< kernels of these units
};

/// While it lives, a leaf of the router's stream sends nothing back. The results are kept for the next instance, if
/// that is for the same leaf.
class Router::Without {
public:
    Without(Router& router, ir::ElementId leaf);
    ~Without();
    Without(const Without&) = delete;
    Without& operator=(const Without&) = delete;

    /// Visits of one item that enters the leaf's part.
    const Visits& visits() const { return router_.tried_visits_; }

private:
    Router& router_;
};

}  // namespace vsm::runtime
