// What `vsm build -t mermaid` can be told.
#pragma once

#include "backends/options/flag_row.h"

namespace vsm::backends {

enum class Diagram { flowchart, gantt };

struct MermaidOptions {
    Diagram diagram = Diagram::flowchart;

    static std::vector<FlagRow<MermaidOptions>> flags();
};

inline std::vector<FlagRow<MermaidOptions>> MermaidOptions::flags() {
    return {{{.name = "--diagram",
              .kind = FlagKind::word,
              .value = "KIND",
              .help = "mermaid: flowchart or gantt",
              .words = {"flowchart", "gantt"}},
             to_word(&MermaidOptions::diagram)}};
}

}  // namespace vsm::backends
