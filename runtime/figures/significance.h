// Decides whether a figure changed significantly.
#pragma once

#include "runtime/figures/metric_values.h"

namespace vsm::runtime {

/// Whether a figure changed significantly: times by at least 1 s and 0.01 % of the larger value, ratios by 0.01 points,
/// rates and numbers by 0.01 %, steps and handoffs at all. A value that became known, unknown or unbounded is a change;
/// so is a bound that moved by as much, or another name.
bool is_change(ir::Metric metric, const MetricValue& before, const MetricValue& after);
bool is_change(ir::Metric metric, double before, double after);

}  // namespace vsm::runtime
