// A model that passed every check, with what follows from it. Only compiler/check can make one, so whoever holds one need not
// ask whether it is valid: names are resolved, graphs have no cycle, timings fit, shares add to 100 %.
#pragma once

#include <vector>

#include "ir/model.h"

namespace vsm::check {
class Minter;
}

namespace vsm::ir {

/// A time of a step after the third followed from the other two, in microseconds of working time.
/// Unknown (`known` false): the values are what is known at least.
struct ResolvedTime {
    Spread spread;
    bool known = true;
    bool guess = false;     ///< it, or a time it follows from, is written as a guess
    bool no_bounds = false; ///< of a distribution: low and high are the 5th and the 95th percentile, and there is more beyond
};

struct ResolvedTimings {
    ResolvedTime process, wait, lead;
};

struct ElementFacts {
    ResolvedTimings timings;        ///< of a step (as written) or a wait (process 0); zero for all else
    std::vector<ResolvedTimings> repairs;  ///< per rework of a step, in order; zero where it goes back
    double share = 1;               ///< part of the stream's items that come this way, 0 to 1: the product of the branch shares around it
    double branch_share = 1;        ///< of a branch of a choose, its own share, the rest resolved; else 1
};

struct StreamFacts {
    IdVector<ElementId, ElementFacts> elements;
};

class CheckedModel {
public:
    const Model& model() const { return model_; }
    const Stream& stream(StreamId id) const { return model_.streams[id]; }
    const StreamFacts& facts(StreamId id) const { return facts_[id]; }
    /// Of each of the model's interims.
    const StreamFacts& facts_of_interim(std::size_t index) const { return interim_facts_[index]; }
    /// What a future is based on, through all futures between; of any other stream itself.
    StreamId root_of(StreamId id) const { return roots_[id]; }
    /// The futures of a root, and those that are based on them, in the model's order.
    const std::vector<StreamId>& futures_of(StreamId root) const { return futures_[root]; }
    /// The first stream that recovers the root of a stream; invalid without one.
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

/// By stream, what it is based on through all futures between, or itself. No future is based on itself. Linear in the streams.
IdVector<StreamId, StreamId> roots_of(const Model& model);

/// Microseconds of working time that an item waits in a queue which moves at the pace of the items that come its way: items / (demand · share) (Little
/// 1961). `share`: of the items, over 0 to 1.
double waiting_time(const Queue& queue, const Rate& demand, double share);

/// The elements of a body so that each comes after its predecessors; ties in the order written.
std::vector<ElementId> topological_order(const Stream& stream, const Body& body);

/// The predecessors of each element of a body (in the body's order) without those that others imply.
std::vector<std::vector<ElementId>> reduced_predecessors(const Stream& stream, const Body& body);

/// Elements of a body that nothing in it follows, in the order written.
std::vector<ElementId> ends_of(const Stream& stream, const Body& body);

/// The body that holds an element (its parent's, or the stream's).
const Body& body_of(const Stream& stream, ElementId parent);

}  // namespace vsm::ir
