// What would help most (docs/metrics.md, "Levers"). For runtime/ alone.
#pragma once

#include "runtime/metrics.h"
#include "runtime/rework.h"

namespace vsm::runtime {

/// For the 50 leaves of which most of the expected lead time is known: what it would be if the wait were halved, the rework
/// gone, the leaf removed, or all of its output complete and accurate. Microseconds of working time and %C&A from 0 to 1; at most four for each leaf,
/// the largest saving first, then the better %C&A. Each is the figure of the changed map, not a derivative; hints are none yet (runtime/hints.h).
/// `leaves` and `visits_on_timeline` have one entry for each element, by id. Where the expected lead time is unknown, leaves that an unknown time may
/// take off the timeline are left out, and all is of what is known. Empty where rework never ends.
std::vector<Lever> levers_of(const ir::Stream& stream, const ir::StreamFacts& facts, const Evaluation& evaluation,
                             const std::vector<Passage>& leaves, const std::vector<double>& visits_on_timeline,
                             Walk& walk);

}  // namespace vsm::runtime
