// A stream's timeline as a Mermaid Gantt chart. Knows the map and its figures, not the limits of who draws it.
#pragma once

#include <string>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends::mermaid {

/// A section a stage, a bar for each wait and one for each process; what is unknown is a diamond that says so. The axis counts working
/// time from the trigger on, for one item that takes every range at its mean; after a choose it goes on at the mean of its branches, so that
/// the end is the lead time.
std::string draw_gantt(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends::mermaid
