// What `vsm build -t mermaid` can be told.
#pragma once

#include "backends/options/flag_row.h"

namespace vsm::backends {

enum class Diagram { flowchart, gantt };

struct MermaidOptions {
    Diagram diagram = Diagram::flowchart;

    static std::vector<FlagRow<MermaidOptions>> flags();
};

}  // namespace vsm::backends
