// What a run's summary shows: the map as a diagram, and the table of its figures. Does not know how it gets there.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends::github {

/// Title and what else the map says of the stream, then the diagram where it is not too large to be drawn, which is reported.
std::string map_summary(const BackendInput& input, Diagnostics& diagnostics);

/// The table of figures, a row for each step, wait and queue; in parts of at most some 60,000 bytes that make sense one after the other (an
/// environment variable holds twice as much).
std::vector<std::string> figure_tables(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends::github
