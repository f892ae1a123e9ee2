#include "backends/options/mermaid_options.h"

namespace vsm::backends {

std::vector<FlagRow<MermaidOptions>> MermaidOptions::flags() {
    return {{{.name = "--diagram",
              .kind = FlagKind::word,
              .value = "KIND",
              .help = "mermaid: flowchart or gantt",
              .words = {"flowchart", "gantt"}},
             to_word(&MermaidOptions::diagram)}};
}

}  // namespace vsm::backends
