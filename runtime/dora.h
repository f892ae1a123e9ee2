// The four keys of DORA as they follow from a map (docs/metrics.md, "DORA"). For runtime/ alone.
#pragma once

#include "runtime/metrics.h"
#include "runtime/rework.h"

namespace vsm::runtime {

/// Elapsed time for working time of a stream: 168 h / (working hours a week), the mean over starts within working time.
double elapsed_factor(const Calendar& calendar);

/// The step with `milestone: production`, else the last one.
ir::ElementId production_step(const ir::Stream& stream);

/// Failures that reach the recovery stream in a week, from the demand: what teams are to be prepared for.
std::optional<double> break_fix_per_week(const ir::Stream& stream, const StreamMetrics& metrics);

/// Fills `dora`; `expected` and `load` are there already. `leaves` is what one visit of each leaf takes.
void add_dora(const ir::Stream& stream, const Routes& routes, const std::vector<Passage>& leaves,
              const StreamMetrics* recovery, StreamMetrics& metrics);

}  // namespace vsm::runtime
