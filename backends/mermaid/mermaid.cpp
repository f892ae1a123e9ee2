#include <fmt/format.h>

#include "backends/backend.h"
#include "backends/flow/flow_graph.h"
#include "backends/mermaid/flowchart.h"
#include "backends/mermaid/gantt.h"
#include "diag/outputs.h"

namespace vsm::backends::mermaid {
namespace {

// Mermaid's default limits (maxEdges, maxTextSize).
constexpr std::size_t most_edges = 500, most_characters = 50'000;

std::size_t characters_of(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

void warn(const BackendInput& input, Diagnostics& diagnostics, std::size_t count, std::size_t most,
          std::string_view what) {
    if (count <= most) return;
    diagnostics
        .report(diag::near_target_limit, input.stream().range, fmt::format("the diagram has {} {}", count, what),
                "mermaid", fmt::format("{}", most))
        .help("draw it with a Mermaid that is configured to accept more (`maxEdges`, `maxTextSize`), or keep each part "
              "in a stream of its own");
}

NextStep paste() { return {"paste it into a ```mermaid block of a Markdown file to see it on GitHub or GitLab", ""}; }

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics) {
    const runtime::StreamMetrics metrics = input.figures(input.stream_id);
    if (input.options.diagram == Diagram::gantt) {
        std::string text = draw_gantt(input, metrics);
        warn(input, diagnostics, characters_of(text), most_characters, "characters");
        return {{".gantt.mmd", std::move(text), {paste()}}};
    }
    const Picture picture = picture_of(input, metrics);
    std::string text = draw_flowchart(picture);
    warn(input, diagnostics, picture.edges.size(), most_edges, "edges");
    warn(input, diagnostics, characters_of(text), most_characters, "characters");
    return {{".mmd", std::move(text), {paste()}}};
}

}  // namespace vsm::backends::mermaid
