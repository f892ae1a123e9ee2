#include "backends/flow/embedded_flowchart.h"

#include "base/check.h"

namespace vsm::backends {

std::string flowchart_of(const BackendInput& input) {
    const Backend* mermaid = find_backend("mermaid");
    VSM_CHECK(mermaid != nullptr);
    BackendOptions options = input.options;
    options.diagram = Diagram::flowchart;
    Diagnostics limits;
    const std::vector<OutputFile> files =
        mermaid->emit({input.model, input.stream_id, options, input.measured}, limits);
    return files.empty() || !limits.all().empty() ? std::string() : files.front().content;
}

}  // namespace vsm::backends
