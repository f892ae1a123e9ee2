// The routes of an item through a stream, unfolded: stages inlined into their body, chooses into their branches,
// anything in parallel as one stop. Internal to runtime/; does not depend on times.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "runtime/times/body_graph.h"

namespace vsm::runtime {

inline constexpr std::uint32_t nowhere = 0xffffffff;

/// A position on a chain. Items go from it to `next`, unless it is a choice or they are sent back.
struct Stop {
    enum class Kind : std::uint8_t { leaf, choice, side_by_side };
    Kind kind = Kind::leaf;
    ir::ElementId element;    ///< a step, wait, queue or empty block; the choose; the parallel, if it is one
    std::uint32_t next = 0;   ///< the chain's length for its end
    std::uint32_t turns = 0;  ///< of a choice: its first branch in the chain's list
    std::uint32_t turn_count = 0;
    std::uint32_t unit = nowhere;  ///< of a side_by_side stop
    std::uint32_t variant = 0;
    std::uint32_t choice = nowhere;  ///< the innermost choose of this chain around it
    std::uint32_t depth = 0;         ///< number of chooses of this chain around it
};

/// A branch of a choose.
struct Turn {
    std::uint32_t to;
    double share;
};

/// The range of stops of one choose.
struct Choice {
    std::uint32_t first, last;
    std::uint32_t outer;
};

/// A contiguous range of stops that items can return to: no rework leads from outside back into it, or from it back to
/// before it. Contains each choose entirely or not at all.
struct Loop {
    std::uint32_t first, last;
    std::uint32_t group = nowhere;  ///< of the `once` in it
};

struct Chain {
    std::vector<Stop> stops;
    std::vector<Turn> turns;
    std::vector<Choice> choices;
    std::vector<Loop> loops;       ///< in order
    std::uint32_t unit = nowhere;  ///< the unit that it is a member of
    std::size_t member = 0;        ///< its index among the members
    bool leaves = false;           ///< some rework leads out of it
    /// The group of the loop with `once` around it, if any: which `once` are used up still matters after the chain.
    std::uint32_t group = nowhere;
};

/// A member of a unit, with the members that it waits for.
struct Member {
    std::uint32_t chain;
    std::vector<std::size_t> before;
    std::uint32_t stopped = 0;    ///< its bit in the state of a unit: rework stopped it, or originated in it
    std::uint32_t forgotten = 0;  ///< bits of members that no later member waits for
};

/// A start of a unit: all of it, or from an element inside onward (graphs only).
struct Variant {
    ir::ElementId start;     ///< invalid: all of it
    std::size_t member = 0;  ///< the member that contains the start
    std::uint32_t stop = 0;  ///< on the chain that contains the unit
};

/// A parallel, or the part of a graph whose elements run in parallel.
struct Unit {
    std::uint32_t chain = 0;  ///< on which it is a stop
    bool graph = false;
    std::vector<Member> members;
    std::vector<std::size_t> ends;    ///< members without successors
    std::vector<Variant> variants;    ///< the first is all of it
    std::vector<ir::ElementId> asks;  ///< targets of the rework that leads out of it
    std::uint32_t used = 0;           ///< bits of the `once` inside
    /// Whether the combinations of stopped members are enumerated: in a graph, a member that sends items back stops
    /// those that wait for it. If there are too many combinations, the outcomes are computed as if all members had run.
    bool exact = true;
    std::size_t states = 1;  ///< number of these combinations, summed over all members
};

/// A rework that sends items back, at a rate above zero.
struct Back {
    ir::ElementId target;
    std::int64_t parts;            ///< of Ratio::whole
    std::uint32_t once = nowhere;  ///< its number among the `once … to` of the stream
};

/// The `once … to` of a loop that are tracked exactly.
struct Group {
    std::vector<std::uint32_t> onces;  ///< their numbers, by bit; at most `most_exact`
    bool complete = true;              ///< no others, which would be approximated
};

class Routes {
public:
    static constexpr std::size_t most_exact = 10;

    /// `room`: this stream's share of the work budget for `once`, above 0 up to 1.
    Routes(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs, double room);

    double room() const { return room_; }

    const ir::Stream& stream() const { return stream_; }
    const ir::StreamFacts& facts() const { return facts_; }
    const std::vector<Chain>& chains() const { return chains_; }  ///< the first is the stream's own
    const std::vector<Unit>& units() const { return units_; }
    const std::vector<Back>& backs(ir::ElementId step) const { return backs_[step.index]; }
    std::size_t once_count() const { return once_steps_.size(); }
    ir::ElementId step_of_once(std::uint32_t once) const { return once_steps_[once]; }
    const std::vector<Group>& groups() const { return groups_; }
    /// Whether some rework into a large graph restarts all of its part, or the stopped members of some unit are not
    /// enumerated.
    bool simplified() const { return simplified_; }

    /// The bit of a `once` in its group; empty if it is approximated.
    std::optional<std::uint32_t> bit_of(std::uint32_t once) const;

    /// The stop of a chain to which an item sent back to `target` goes; empty if that lies outside.
    std::optional<std::uint32_t> stop_of(std::uint32_t chain, ir::ElementId target) const;

    /// The chain that contains an element, and the element's first stop there.
    std::uint32_t chain_of(ir::ElementId element) const { return entries_[element.index].chain; }
    std::uint32_t first_stop_of(ir::ElementId element) const { return entries_[element.index].stop; }

    /// Grows in the order in which items arrive.
    std::uint32_t order_of(ir::ElementId element) const { return entries_[element.index].order; }
    ir::ElementId element_at(std::uint32_t order) const { return ordered_[order]; }

    /// The stop of the stream's own chain at which an element, or a unit, is passed.
    std::uint32_t own_stop_of(ir::ElementId element) const;
    std::uint32_t own_stop_of_unit(std::uint32_t unit) const;

    /// A canonical form of a stretch of the stream's own chain with everything in it, as bytes: equal for stretches
    /// with equal flow, wherever they are. Empty if the stretch has no `once` or one that is not tracked exactly, or if
    /// the routes are simplified.
    std::string signature_of(std::uint32_t first, std::uint32_t last) const;
    /// The base of a signature: the lowest order of an element or target in a stretch of the own chain, and the lowest
    /// unit number.
    struct Origin {
        std::uint32_t order, unit;
    };
    Origin origin_of(std::uint32_t first, std::uint32_t last) const;

    /// Visits the units around a chain, from the innermost out to the stream's own chain.
    void visit_units_around(std::uint32_t chain, const std::function<void(std::uint32_t unit)>& visit) const;

private:
    struct Entry {
        std::uint32_t chain = nowhere, stop = 0, order = 0;
    };

    void build();
    std::uint32_t add_chain(std::uint32_t unit);
    std::uint32_t add_stop(std::uint32_t chain, Stop stop);
    void append(std::uint32_t chain, const ir::Body& body, std::uint32_t choice, ir::ElementId holder);
    void append(std::uint32_t chain, ir::ElementId id, std::uint32_t choice);
    void append_parallel(std::uint32_t chain, ir::ElementId id, const ir::Parallel& parallel, std::uint32_t choice);
    void append_choose(std::uint32_t chain, ir::ElementId id, const ir::Choose& choose, std::uint32_t choice);
    void append_part(std::uint32_t chain, const Part& part, std::uint32_t choice);
    void append_island(std::uint32_t chain, const Part& part, std::uint32_t choice);
    void add_variants(std::uint32_t unit, std::size_t size, std::uint32_t choice);
    void enter(ir::ElementId id, std::uint32_t chain);
    void collect_backs();
    bool find_starts();
    void collect_asks();
    void find_loops(std::uint32_t chain);
    std::uint32_t loop_end(const Chain& chain, std::uint32_t from, std::uint32_t to) const;
    void find_groups();
    template <class Visit>
    void visit_stops(std::uint32_t number, std::uint32_t first, std::uint32_t last, const Visit& visit) const;
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
    void settle_stops(Unit& unit);
    std::size_t states_of(Unit& unit) const;
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
    std::vector<std::vector<Back>> backs_;
    std::vector<ir::ElementId> once_steps_;
    std::vector<std::uint32_t> bits_;
    std::vector<Group> groups_;
    /// By unit: the elements inside at which it may have to restart.
    std::vector<std::vector<ir::ElementId>> starts_;
    std::vector<std::map<ir::ElementId, std::uint32_t>> variant_stops_;  ///< by chain
    std::size_t variant_work_ = 0;  ///< sizes of all parts of graphs, summed over their starts
    /// Work to enumerate the stopped members of all units, per start and rework target.
    double stop_work_ = 0;
    bool simplified_ = false;
    double room_;
};

}  // namespace vsm::runtime
