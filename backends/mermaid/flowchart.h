// Writes a flow graph as a Mermaid flowchart. Does not depend on maps or on renderers' limits.
#pragma once

#include <string>

#include "backends/flow/flow_graph.h"

namespace vsm::backends::mermaid {

/// A subgraph per frame, a node per box, a link per edge.
std::string draw_flowchart(const Picture& picture);

}  // namespace vsm::backends::mermaid
