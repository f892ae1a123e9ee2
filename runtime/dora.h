// The keys of DORA as they follow from a map (docs/metrics.md, "DORA"). For runtime/ alone.
#pragma once

#include "runtime/metrics.h"
#include "runtime/rework.h"

namespace vsm::runtime {

/// Elapsed time for working time of a stream, 1 and up: 168 h / (working hours a week), the mean over starts within working time.
double elapsed_factor(const Calendar& calendar);

/// The step with `milestone: production`, else the one last step, if every item passes it and no other step is last beside it; else invalid.
ir::ElementId production_step(const ir::Stream& stream, const ir::StreamFacts& facts);

/// What the keys of DORA are computed from.
struct DoraInput {
    const ir::Stream& stream;
    const ir::StreamFacts& facts;
    Walk& walk;
    const std::vector<Passage>& leaves;  ///< what one visit of each leaf takes, by element id, in microseconds of working time
    const StreamMetrics* recovery;       ///< figures of the stream that recovers this one, or null
};

/// Failures that reach the recovery stream in a working week, 0 and up: change failure rate · deployments, from the demand, not from the throughput:
/// what teams are to be prepared for. Nothing without both.
std::optional<double> break_fix_per_week(const ir::Stream& stream, const ir::StreamFacts& facts, const StreamMetrics& metrics);

/// Fills `dora` and `elapsed_time` with the keys of DORA (dora.dev/guides/dora-metrics), stated before derived; `expected` and `load` are
/// there already. Elapsed times are in microseconds around the clock. Open incidents = break-fix rate · recovery time (Little 1961). The
/// deployment rework rate is the part of all deployments that items make which were in production before. What is neither stated nor
/// follows is absent, with the reason.
void add_dora(const DoraInput& input, StreamMetrics& metrics);

}  // namespace vsm::runtime
