// Renders a run's summary: the map as a diagram, and the table of metrics. Does not depend on how it is written.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends::github {

/// Title and properties of the stream, and the diagram. Reports a diagram that is too large to draw.
std::string map_summary(const BackendInput& input, Diagnostics& diagnostics);

/// The table of metrics, a row per step, wait and queue, in self-contained parts of some 60,000 bytes (an environment
/// variable holds twice as much).
std::vector<std::string> figure_tables(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends::github
