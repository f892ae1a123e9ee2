// The ways of an item through a stream, unfolded: stages into the body that holds them, chooses into their branches, everything that
// runs side by side as one stop. For runtime/ alone; knows no times.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "runtime/body_graph.h"

namespace vsm::runtime {

inline constexpr std::uint32_t nowhere = 0xffffffff;

/// One place on a chain. Items go from it to `next`, unless they choose, or are sent back.
struct Stop {
    enum class Kind : std::uint8_t { leaf, choice, side_by_side };
    Kind kind = Kind::leaf;
    ir::ElementId element;    ///< a step, wait, queue or what is empty; the choose; the parallel, if it is one
    std::uint32_t next = 0;   ///< the chain's length at its end
    std::uint32_t turns = 0;  ///< of a choice: its first turn in the chain's list
    std::uint32_t turn_count = 0;
    std::uint32_t unit = nowhere;  ///< of what is side by side
    std::uint32_t variant = 0;
    std::uint32_t choice = nowhere;  ///< the innermost choose of this chain around it
    std::uint32_t depth = 0;         ///< chooses of this chain around it
};

/// A branch of a choose.
struct Turn {
    std::uint32_t to;
    double share;
};

/// The stops that one choose takes.
struct Choice {
    std::uint32_t first, last;
    std::uint32_t outer;
};

/// Stops that items can come back to, as an unbroken range: nothing leads from outside back into it or from it back before it. A choose
/// lies in it whole or not at all.
struct Loop {
    std::uint32_t first, last;
    std::uint32_t group = nowhere;  ///< of the `once` in it
};

struct Chain {
    std::vector<Stop> stops;
    std::vector<Turn> turns;
    std::vector<Choice> choices;
    std::vector<Loop> loops;       ///< in order
    std::uint32_t unit = nowhere;  ///< that it is a member of
    std::size_t member = 0;        ///< which of its members
    bool leaves = false;           ///< some rework leads out of it
    std::uint32_t group =
        nowhere;  ///< it stands in a loop with `once` in it: which of them are used up stays when it is left
};

/// One of several that run side by side, with those of them that it waits for.
struct Member {
    std::uint32_t chain;
    std::vector<std::size_t> before;
    std::uint32_t stopped = 0;    ///< its bit in the state of a unit: rework stopped it, or was found in it
    std::uint32_t forgotten = 0;  ///< bits of those that no later one waits for
};

/// A way to begin what runs side by side: all of it, or from an element inside on (graphs only).
struct Variant {
    ir::ElementId start;     ///< invalid: all of it
    std::size_t member = 0;  ///< that holds the start
    std::uint32_t stop = 0;  ///< on the unit's own chain
};

/// A parallel, or a part of a graph in which things stand side by side.
struct Unit {
    std::uint32_t chain = 0;  ///< on which it is a stop
    bool graph = false;
    std::vector<Member> members;
    std::vector<std::size_t> ends;    ///< members that none waits for
    std::vector<Variant> variants;    ///< the first is all of it
    std::vector<ir::ElementId> asks;  ///< where rework from inside may send items, out of it
    std::uint32_t used = 0;           ///< bits of the `once` inside
    /// Of members that wait for one another: who asks for rework stops those that wait for it. Where too many of them are about at once to
    /// look at each combination, what they lead to is taken as if all had run.
    bool exact = true;
    std::size_t states = 1;  ///< of who is stopped, over all members
};

/// Items sent back, at a rate above zero.
struct Back {
    ir::ElementId target;
    std::int64_t parts;            ///< of Ratio::whole
    std::uint32_t once = nowhere;  ///< its number among the `once … to` of the stream
};

/// `once … to` whose use is followed exactly.
struct Group {
    std::vector<std::uint32_t> onces;  ///< the bits; at most `most_exact`
    bool complete = true;              ///< no further ones, which are approximated
};

class Routes {
public:
    static constexpr std::size_t most_exact = 10;

    /// `room`: the part of the work on `once` that this stream may take, over 0 to 1.
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
    /// Some rework leads into a graph so large, to so many places, that it is taken to begin all of its part again.
    bool simplified() const { return simplified_; }

    /// The bit of a `once` in its group; nothing when it is approximated.
    std::optional<std::uint32_t> bit_of(std::uint32_t once) const;

    /// The stop of a chain where an item goes on that is sent to `target`; nothing when that lies outside.
    std::optional<std::uint32_t> stop_of(std::uint32_t chain, ir::ElementId target) const;

    /// The chain that an element stands on, and its first stop there.
    std::uint32_t chain_of(ir::ElementId element) const { return entries_[element.index].chain; }
    std::uint32_t first_stop_of(ir::ElementId element) const { return entries_[element.index].stop; }

    /// Grows in the order in which items come by.
    std::uint32_t order_of(ir::ElementId element) const { return entries_[element.index].order; }
    ir::ElementId element_at(std::uint32_t order) const { return ordered_[order]; }

    /// The stop of the stream's own chain at which an element, or a unit, is passed.
    std::uint32_t own_stop_of(ir::ElementId element) const;
    std::uint32_t own_stop_of_unit(std::uint32_t unit) const;

    /// A stretch of the stream's own chain with all that is in it, as bytes: of two stretches that are alike in how items go through them, the same,
    /// wherever they stand. Empty where some `once` in it is not followed exactly, or none is there.
    std::string signature_of(std::uint32_t first, std::uint32_t last) const;
    /// The lowest order of an element or target in a stretch of the own chain, and the lowest number of a unit: from where a signature counts.
    struct Origin {
        std::uint32_t order, unit;
    };
    Origin origin_of(std::uint32_t first, std::uint32_t last) const;

    /// The chain that holds the stop at which a chain's unit stands, up to the stream's own; what is visited is each unit.
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
    /// Work to follow a loop: `weight` for each state of its `once`, of which those that stand side by side come again in each of theirs.
    struct Cost {
        double weight;
        double factor;      ///< for each of the `once` side by side
        std::size_t beside;  ///< how many these are
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
    /// By unit: the elements inside from which it may have to begin again.
    std::vector<std::vector<ir::ElementId>> starts_;
    std::vector<std::map<ir::ElementId, std::uint32_t>> variant_stops_;  ///< by chain
    std::size_t variant_work_ = 0;  ///< sizes of all parts of graphs, for each place to begin there
    double stop_work_ = 0;          ///< to follow who stops whom in all units, for each way to begin them and each place that is asked for
    bool simplified_ = false;
    double room_;
};

}  // namespace vsm::runtime
