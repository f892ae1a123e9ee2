// A stream as a Mermaid flowchart. Knows how Mermaid writes one, not maps, and not the limits of who draws it.
#pragma once

#include <string>

#include "backends/support/picture.h"

namespace vsm::backends::mermaid {

/// A subgraph a frame, a node a box, an arrow an arrow.
std::string draw_flowchart(const Picture& picture);

}  // namespace vsm::backends::mermaid
