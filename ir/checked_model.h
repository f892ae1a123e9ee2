// A model that passed every check, with derived facts. Only compiler/check can create one, so its users can rely on it:
// names are resolved, graphs have no cycles, timings are consistent, shares add up to 100 %.
#pragma once

#include <vector>

#include "ir/model.h"

namespace vsm::check {
class Minter;
}

namespace vsm::ir {

/// A time of a step after the third is derived from the other two, in microseconds of working time. If `known` is
/// false, the values are lower bounds.
struct ResolvedTime {
    Spread spread;
    bool known = true;
    bool guess = false;      ///< it, or a time that it is derived from, is written as a guess
    bool no_bounds = false;  ///< of a distribution without ends: low and high are the 5th and the 95th percentile
};

struct ResolvedTimings {
    ResolvedTime process, wait, lead;
};

struct ElementFacts {
    ResolvedTimings timings;               ///< of a step (as written) or a wait (process 0); zero for other elements
    std::vector<ResolvedTimings> repairs;  ///< for each rework of a step, in order; zero if it sends items back
    double share =
        1;  ///< share of the stream's items that reach the element, 0 to 1: the product of the branch shares around it
    double branch_share = 1;  ///< for a branch of a choose, its own share, the rest resolved; otherwise 1
};

struct StreamFacts {
    IdVector<ElementId, ElementFacts> elements;
};

class CheckedModel {
public:
    const Model& model() const { return model_; }
    const Stream& stream(StreamId id) const { return model_.streams[id]; }
    const StreamFacts& facts(StreamId id) const { return facts_[id]; }
    /// Facts of one of the model's interims.
    const StreamFacts& facts_of_interim(std::size_t index) const { return interim_facts_[index]; }
    /// The stream that a future is based on, through all futures in between; any other stream itself.
    StreamId root_of(StreamId id) const { return roots_[id]; }
    /// The direct and indirect futures of a root, in the model's order.
    const std::vector<StreamId>& futures_of(StreamId root) const { return futures_[root]; }
    /// The first stream that recovers the root of a stream; invalid if there is none.
    StreamId recovery_of(StreamId id) const { return recoveries_[roots_[id]]; }

private:
    friend class vsm::check::Minter;
    CheckedModel(Model model, IdVector<StreamId, StreamFacts> facts, std::vector<StreamFacts> interim_facts);

    Model model_;
    IdVector<StreamId, StreamFacts> facts_;
    std::vector<StreamFacts> interim_facts_;
    IdVector<StreamId, StreamId> roots_, recoveries_;
    IdVector<StreamId, std::vector<StreamId>> futures_;
};

/// For each stream, the stream that it is based on through all futures in between, or itself. No future may be based on
/// itself. Linear in the number of streams.
IdVector<StreamId, StreamId> roots_of(const Model& model);

/// Microseconds of working time that an item waits in a queue that moves at the pace of the items that reach it: items
/// / (demand · share) (Little 1961). `share` of the stream's items: above 0, at most 1.
double waiting_time(const Queue& queue, const Rate& demand, double share);

/// The elements of a body in topological order; ties in the order written.
std::vector<ElementId> topological_order(const Stream& stream, const Body& body);

/// The predecessors of each element of a body (in the body's order), without those that others imply.
std::vector<std::vector<ElementId>> reduced_predecessors(const Stream& stream, const Body& body);

/// Elements without a successor in their body, in the order written.
std::vector<ElementId> ends_of(const Stream& stream, const Body& body);

/// The body of a stage or branch; the stream's body if `parent` is invalid.
const Body& body_of(const Stream& stream, ElementId parent);

}  // namespace vsm::ir
