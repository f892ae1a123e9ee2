// A stream as a Mermaid flowchart. Knows the map and its figures, not the limits of who draws it.
#pragma once

#include <cstddef>
#include <string>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends::mermaid {

struct Drawing {
    std::string text;
    std::size_t edges = 0;
};

/// Trigger, customer, a box a stage, a node a step with its data, what is between and back, and the totals at the end.
Drawing draw_flowchart(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends::mermaid
