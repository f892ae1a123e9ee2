// Draws a stream's timeline as a Mermaid Gantt chart. Does not depend on renderers' limits.
#pragma once

#include <string>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends::mermaid {

/// A section per stage, a bar per wait and per process time; an unknown time is a diamond with a label. The axis is
/// working time since the trigger, for an item with all times at their means. After a choose it continues at the mean
/// of the branches, so that the chart ends at the lead time.
std::string draw_gantt(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends::mermaid
