// Determines which elements are on the timeline: those whose time is part of the lead time. Internal to runtime/.
#pragma once

#include "runtime/metrics.h"
#include "runtime/times/evaluate.h"

namespace vsm::runtime {

struct Place {
    OnTimeline on = OnTimeline::no;
    /// A parallel path may be the longest, which leaves the figure open: an unknown lead time in here is to blame.
    bool leaves_process_open = false;
    bool leaves_wait_open = false;
};

/// By position in the graph: certainly, perhaps, or not on the longest path.
std::vector<OnTimeline> on_longest(const Ways& ways);

/// One entry per element, by id; `evaluation` is the stream's own, at the mean. The timeline is the longest path
/// (*Learning to See* draws it under the map); elements beside it, or in a branch that no item takes, are not on it.
std::vector<Place> places_of(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs,
                             const Evaluation& evaluation);

}  // namespace vsm::runtime
