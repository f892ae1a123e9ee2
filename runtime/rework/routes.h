// The routes of an item through a stream, unfolded into the states of a Markov chain. Internal to runtime/; uses no
// durations.
//
// The stream's own chain is its states in order. The body of a stage is inlined in its place; a choose is a state
// with a transition to each of its branches; what runs in parallel is one state, a unit, whose members have chains of
// their own. Rework leads from a state back to an earlier one. `once` is rework that an item does at most once
// (`rework 10% once to build`): whether it is used up is part of what a state has to remember.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "runtime/times/body_graph.h"

namespace vsm::runtime {

inline constexpr std::uint32_t none = 0xffffffff;

/// A position on a chain. Items continue at `next`, unless a choice or rework sends them elsewhere.
struct State {
    enum class Kind : std::uint8_t { leaf, choice, side_by_side };
    Kind kind = Kind::leaf;
    ir::ElementId element;   ///< the step, wait, queue or empty block; the choose; the parallel, invalid for a graph
    std::uint32_t next = 0;  ///< index of the next state; the number of states for the end of the chain
    std::uint32_t branches = 0;  ///< of a choice: index of its first branch in Chain::branches
    std::uint32_t branch_count = 0;
    std::uint32_t unit = none;    ///< of a side_by_side state
    std::uint32_t variant = 0;    ///< of a side_by_side state: index in Unit::variants
    std::uint32_t choice = none;  ///< index in Chain::choices of the innermost choose around it
    std::uint32_t depth = 0;      ///< number of chooses of this chain around it
};

/// A branch of a choose.
struct ChoiceBranch {
    std::uint32_t to;  ///< its first state
    double share;
};

/// The range of states of one choose.
struct Choice {
    std::uint32_t first, last;
    std::uint32_t outer;  ///< index of the enclosing choice, or none
};

/// A maximal range of states that rework connects: no rework crosses its borders backward. Contains each choose
/// entirely or not at all.
struct Loop {
    std::uint32_t first, last;
    std::uint32_t group = none;  ///< index in groups() of the `once` in it
};

/// States in order: those of the stream, or of one member of a unit.
struct Chain {
    std::vector<State> states;
    std::vector<ChoiceBranch> branches;
    std::vector<Choice> choices;
    std::vector<Loop> loops;    ///< in order
    std::uint32_t unit = none;  ///< the unit that it is a member of
    std::size_t member = 0;     ///< its index among the members
    bool leaves = false;        ///< some rework leads out of it
    /// The group of the enclosing loop with `once`, if any: an item that leaves the chain remembers which are used up.
    std::uint32_t group = none;
};

/// A member of a unit, with the members that it waits for.
struct Member {
    std::uint32_t chain;
    std::vector<std::size_t> before;
    std::uint32_t stopped = 0;    ///< the bit that is set if rework stopped this member, or originated in it
    std::uint32_t forgotten = 0;  ///< the bits of members that no later member waits for
};

/// A way to enter a unit: at its start or, in graphs only, at one of its elements.
struct Variant {
    ir::ElementId start;      ///< invalid: all of it
    std::size_t member = 0;   ///< the member that contains the start
    std::uint32_t state = 0;  ///< on the chain that contains the unit
};

/// A parallel, or the part of a graph whose elements run in parallel. In a graph, a member that sends items back stops
/// those that wait for it.
struct Unit {
    std::uint32_t chain = 0;  ///< on which it is a state
    bool graph = false;       ///< made by `after`, not by `parallel`
    std::vector<Member> members;
    std::vector<std::size_t> ends;               ///< members without successors
    std::vector<Variant> variants;               ///< the first is all of it
    std::vector<ir::ElementId> outside_targets;  ///< targets of the rework that leads out of it
    std::uint32_t used = 0;                      ///< bits of the `once` inside
    /// Whether the combinations of stopped members are enumerated. If there are too many, the outcomes are computed
    /// as if all members had run.
    bool exact = true;
    std::size_t combinations = 1;  ///< their number, summed over all members
};

/// A rework that sends items back, with a probability above zero.
struct ReworkEdge {
    ir::ElementId target;
    std::int64_t parts;         ///< the probability, in parts of Ratio::whole
    std::uint32_t once = none;  ///< its number among the `once … to` of the stream
};

/// The `once … to` of a loop that are tracked exactly.
struct Group {
    std::vector<std::uint32_t> onces;  ///< their numbers, by bit; at most `most_exact`
    bool complete = true;              ///< no others, which would be approximated
};

class Routes {
public:
    static constexpr std::size_t most_exact = 10;

    /// `budget_share`: this stream's share of the work budgets of the map, above 0 up to 1.
    Routes(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs, double budget_share);

    double budget_share() const { return budget_share_; }

    const ir::Stream& stream() const { return stream_; }
    const ir::StreamFacts& facts() const { return facts_; }
    const std::vector<Chain>& chains() const { return chains_; }  ///< the first is the stream's own
    const std::vector<Unit>& units() const { return units_; }
    const std::vector<ReworkEdge>& rework_edges(ir::ElementId step) const { return rework_edges_[step.index]; }
    std::size_t once_count() const { return once_steps_.size(); }
    ir::ElementId step_of_once(std::uint32_t once) const { return once_steps_[once]; }
    const std::vector<Group>& groups() const { return groups_; }
    /// Whether a budget was exceeded: some rework restarts a whole graph, or the stopped members of some unit are not
    /// enumerated.
    bool simplified() const { return simplified_; }

    /// The bit of a `once` in its group; empty if it is approximated.
    std::optional<std::uint32_t> bit_of(std::uint32_t once) const;

    /// The state of a chain to which an item sent back to `target` goes; empty if that lies outside.
    std::optional<std::uint32_t> state_of(std::uint32_t chain, ir::ElementId target) const;

    /// The chain that contains an element, and the element's first state there.
    std::uint32_t chain_of(ir::ElementId element) const { return entries_[element.index].chain; }
    std::uint32_t first_state_of(ir::ElementId element) const { return entries_[element.index].state; }

    /// The position of an element in the order in which items arrive.
    std::uint32_t order_of(ir::ElementId element) const { return entries_[element.index].order; }
    ir::ElementId element_at(std::uint32_t order) const { return ordered_[order]; }

    /// The state of the stream's own chain at which an element, or a unit, is passed.
    std::uint32_t own_state_of(ir::ElementId element) const;
    std::uint32_t own_state_of_unit(std::uint32_t unit) const;

    /// Bytes that describe the flow through the states `first` to `last` of the stream's own chain, wherever they
    /// are, so that equal loops can share a solution. Empty if they have no `once` or one that is not tracked
    /// exactly, or if the routes are simplified.
    std::string signature_of(std::uint32_t first, std::uint32_t last) const;
    /// What a signature counts from: the lowest order of an element or target in the range, and the lowest unit number.
    struct Origin {
        std::uint32_t order, unit;
    };
    Origin origin_of(std::uint32_t first, std::uint32_t last) const;

    /// Visits the units around a chain, from the innermost out to the stream's own chain.
    void visit_units_around(std::uint32_t chain, const std::function<void(std::uint32_t unit)>& visit) const;

private:
    struct Entry {
        std::uint32_t chain = none, state = 0, order = 0;
    };

    void build();
    std::uint32_t add_chain(std::uint32_t unit);
    std::uint32_t add_state(std::uint32_t chain, State state);
    void append(std::uint32_t chain, const ir::Body& body, std::uint32_t choice, ir::ElementId holder);
    void append(std::uint32_t chain, ir::ElementId id, std::uint32_t choice);
    void append_parallel(std::uint32_t chain, ir::ElementId id, const ir::Parallel& parallel, std::uint32_t choice);
    void append_choose(std::uint32_t chain, ir::ElementId id, const ir::Choose& choose, std::uint32_t choice);
    void append_part(std::uint32_t chain, const Part& part, std::uint32_t choice);
    void append_graph_unit(std::uint32_t chain, const Part& part, std::uint32_t choice);
    void add_variants(std::uint32_t unit, std::size_t size, std::uint32_t choice);
    void register_entry(ir::ElementId id, std::uint32_t chain);
    void collect_rework_edges();
    bool find_starts();
    void collect_outside_targets();
    void find_loops(std::uint32_t chain);
    std::uint32_t loop_end(const Chain& chain, std::uint32_t from, std::uint32_t to) const;
    void find_groups();
    template <class Visit>
    void visit_states(std::uint32_t number, std::uint32_t first, std::uint32_t last, const Visit& visit) const;
    template <class Visit>
    void visit_groups(std::uint32_t chain, const Visit& visit);
    /// Work to follow a loop: `weight` · 2^(other `once`) · factor^(`once` in parallel).
    struct Cost {
        double weight;
        double factor;       ///< per `once` in parallel
        std::size_t beside;  ///< number of `once` in parallel
    };
    double collect_onces(std::uint32_t chain, std::uint32_t first, std::uint32_t last, double times,
                         std::vector<std::uint32_t>& onces, std::vector<Cost>& costs) const;
    void number_stopped(Unit& unit);
    std::size_t combinations_of(Unit& unit) const;
    std::size_t size_of(ir::ElementId id) const;
    std::size_t size_of(const Part& part) const;
    std::uint32_t make_group(std::vector<std::uint32_t> onces, std::size_t most);
    void put_into_group(std::uint32_t chain, std::uint32_t group);

    const ir::Stream& stream_;
    const ir::StreamFacts& facts_;
    const BodyGraphs& graphs_;
    std::vector<Chain> chains_;
    std::vector<Unit> units_;
    std::vector<Entry> entries_;
    std::uint32_t order_ = 0;
    std::vector<ir::ElementId> ordered_;
    std::vector<std::vector<ReworkEdge>> rework_edges_;
    std::vector<ir::ElementId> once_steps_;
    std::vector<std::uint32_t> bits_;
    std::vector<Group> groups_;
    /// By unit: the elements inside at which it may have to restart.
    std::vector<std::vector<ir::ElementId>> starts_;
    std::vector<std::map<ir::ElementId, std::uint32_t>> variant_states_;  ///< by chain
    std::size_t variant_work_ = 0;  ///< sizes of all parts of graphs, summed over their starts
    /// Work to enumerate the stopped members of all units, per start and rework target.
    double combination_work_ = 0;
    bool simplified_ = false;
    double budget_share_;
};

}  // namespace vsm::runtime
