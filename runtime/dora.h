// The four keys of DORA as they follow from a map (docs/metrics.md, "DORA"). For runtime/ alone.
#pragma once

#include "runtime/metrics.h"
#include "runtime/rework.h"

namespace vsm::runtime {

/// Elapsed time for working time of a stream, 1 and up: 168 h / (working hours a week), the mean over starts within working time.
double elapsed_factor(const Calendar& calendar);

/// The step with `milestone: production`, else the last one in the order written; invalid in a stream without steps.
ir::ElementId production_step(const ir::Stream& stream);

/// Failures that reach the recovery stream in a working week, 0 and up: change failure rate · deployments, from the demand, not from the throughput:
/// what teams are to be prepared for. Nothing without both.
std::optional<double> break_fix_per_week(const ir::Stream& stream, const StreamMetrics& metrics);

/// Fills `dora` and `elapsed_time` with the keys of DORA (dora.dev/guides/dora-metrics-four-keys), stated before derived; `expected` and `load` are
/// there already. `leaves` is what one visit of each leaf takes, by element id, in microseconds of working time; elapsed times are in microseconds
/// around the clock. Open incidents = break-fix rate · recovery time (Little 1961). Absent where something needed is not stated or unknown.
void add_dora(const ir::Stream& stream, const Routes& routes, const Walk& walk, const std::vector<Passage>& leaves,
              const StreamMetrics* recovery, StreamMetrics& metrics);

}  // namespace vsm::runtime
