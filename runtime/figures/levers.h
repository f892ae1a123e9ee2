// Finds the changes that would help most (docs/metrics.md, "Levers"). Internal to runtime/.
#pragma once

#include "runtime/metrics.h"
#include "runtime/rework/rework.h"

namespace vsm::runtime {

/// For the 50 leaves with the largest known share of the expected lead time (fewer if evaluation is expensive): the
/// lead time if the wait were halved, the rework gone, the leaf removed, or all its output complete and accurate; the
/// latter also for up to 50 steps of unknown time. Microseconds of working time and %C&A from 0 to 1; at most four
/// levers per leaf, sorted by saving, then by %C&A. Each is computed from the changed map, not a derivative; hints are
/// empty (runtime/figures/hints.h). `leaves` and `visits_on_timeline` have one entry per element, by id. If the
/// expected lead time is unknown, leaves that an unknown time may take off the timeline are left out, and all figures
/// cover the known part only. Empty if rework never ends.
std::vector<Lever> levers_of(const ir::Stream& stream, const ir::StreamFacts& facts, const Evaluation& evaluation,
                             const std::vector<Passage>& leaves, const std::vector<double>& visits_on_timeline,
                             ExpectedTimes& times);

}  // namespace vsm::runtime
