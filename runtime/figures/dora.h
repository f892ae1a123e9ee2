// Derives the DORA keys from a map (docs/metrics.md, "DORA"). Internal to runtime/.
#pragma once

#include "runtime/metrics.h"
#include "runtime/rework/rework.h"

namespace vsm::runtime {

/// Elapsed time per working time, 1 and up: 168 h / (working hours a week), the mean over starts within working time.
double elapsed_factor(const Calendar& calendar);

/// The step with `milestone: production`, else the only last step if every item passes it; else invalid.
ir::ElementId production_step(const ir::Stream& stream, const ir::StreamFacts& facts);

/// Input for the DORA keys.
struct DoraInput {
    const ir::Stream& stream;
    const ir::StreamFacts& facts;
    ExpectedTimes& times;
    const std::vector<Passage>&
        leaves;  ///< duration of one visit of each leaf, by element id, in microseconds of working time
    const StreamMetrics* recovery;  ///< figures of this stream's recovery stream, or null
};

/// Failures that reach the recovery stream in a working week, 0 and up: change failure rate · deployments. Deployments
/// as stated, else from the demand rather than the throughput, because that is what teams have to be ready for. Empty
/// unless both are known.
std::optional<double> break_fix_per_week(const ir::Stream& stream, const ir::StreamFacts& facts,
                                         const StreamMetrics& metrics);

/// Fills `dora` and `elapsed_time` with the DORA keys (dora.dev/guides/dora-metrics); stated values take precedence
/// over derived ones. Requires `expected`, `load` and the elements' visits. Elapsed times are in microseconds around
/// the clock. Open incidents = break-fix rate · recovery time (Little 1961). The deployment rework rate is the share of
/// deployments by items that were in production before. Records the reason for each absent key;
/// the times, and open incidents, have a lower bound if a time is unknown.
void add_dora(const DoraInput& input, StreamMetrics& metrics);

}  // namespace vsm::runtime
