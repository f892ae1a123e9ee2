// Renders a run's summary as Markdown: the map as a diagram, and the table of metrics. Does not depend on how a console
// shows it.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends::mock {

/// Title and properties of the stream, and a Mermaid diagram; without one (empty), that the map is too large for it.
std::string map_summary(const BackendInput& input, const std::string& diagram);

/// The table of metrics, a row per step, wait and queue, in self-contained parts of some 60,000 bytes (an environment
/// variable holds twice as much).
std::vector<std::string> figure_tables(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends::mock
