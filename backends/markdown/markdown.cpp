// Writes a report for a pull request or a document: the key findings in one sentence, the flowchart, and all metrics in
// a folded section. Uses the Markdown that GitHub and GitLab share.
#include <fmt/format.h>

#include "backends/backend.h"
#include "backends/flow/embedded_flowchart.h"
#include "backends/support/headline.h"
#include "diag/outputs.h"
#include "runtime/reports/metrics/report.h"

namespace vsm::backends::markdown {
namespace {

/// Invisible when rendered; marks the file as generated.
constexpr std::string_view head = "<!-- The report of a value stream, which vsm writes from its map -->\n\n";

/// GitHub's limit for a comment, in characters. Comparing bytes is stricter.
constexpr std::size_t most_bytes = 65'536;

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics) {
    const runtime::StreamMetrics metrics = input.figures(input.stream_id);
    const std::string diagram = flowchart_of(input);
    if (diagram.empty())
        diagnostics.report(diag::not_carried, input.stream().range, "markdown", "the diagram")
            .help("it is larger than Mermaid can draw in Markdown; the table of figures has all steps");
    const runtime::FileMetrics file{"", &input.model, related_figures(input, metrics)};
    std::string text = std::string(head) + runtime::stream_markdown(file, metrics, diagram);
    if (text.size() > most_bytes)
        diagnostics
            .report(diag::near_target_limit, input.stream().range, fmt::format("the report has {} bytes", text.size()),
                    "markdown", fmt::format("{} in a comment", most_bytes))
            .help("put it into a separate file");
    return {{".md", std::move(text), {{"paste it into a comment or a document, or keep it there with --inject", ""}}}};
}

}  // namespace vsm::backends::markdown
