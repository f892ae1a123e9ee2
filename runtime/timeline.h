// Which elements lie on the timeline: those whose time is part of the lead time. For runtime/ alone.
#pragma once

#include "runtime/evaluate.h"
#include "runtime/metrics.h"

namespace vsm::runtime {

struct Place {
    OnTimeline on = OnTimeline::no;
    /// Beside it another way may be the longest, and for that the figure is unknown: an unknown lead time in here is to blame.
    bool leaves_process_open = false;
    bool leaves_wait_open = false;
};

/// By position in the graph: on the longest way in any case, perhaps, or not at all.
std::vector<OnTimeline> on_longest(const Ways& ways);

/// One for each element, by id; `evaluation` is the stream's own, at the mean. The timeline is the longest way (*Learning to See* draws it under the
/// map); an element beside it, or in a branch that no item takes, is not on it.
std::vector<Place> places_of(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs,
                             const Evaluation& evaluation);

}  // namespace vsm::runtime
