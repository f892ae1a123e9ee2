// The report for a pull request or a document: what matters most in a sentence, the flowchart, all figures folded. As GitHub and GitLab
// read Markdown.
#include <fmt/format.h>

#include "backends/backend.h"
#include "backends/support/diagram.h"
#include "backends/support/headline.h"
#include "base/codes.h"
#include "runtime/report.h"

namespace vsm::backends::markdown {
namespace {

/// Nobody sees it, and it tells the file from one that somebody wrote.
constexpr std::string_view head = "<!-- The report of a value stream, which vsm writes from its map -->\n\n";

/// What a comment on GitHub holds in any case: so many characters.
constexpr std::size_t most_bytes = 65'536;

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics) {
    const runtime::StreamMetrics metrics = input.figures(input.stream);
    const std::string diagram = flowchart_of(input);
    if (diagram.empty())
        diagnostics.report(diag::not_carried, input.map().range, "markdown", "the diagram")
            .help("it is larger than what Mermaid draws in Markdown; the table of figures holds all steps");
    const runtime::FileMetrics file{"", &input.model, related_figures(input, metrics)};
    std::string text = std::string(head) + runtime::stream_markdown(file, metrics, diagram);
    if (text.size() > most_bytes)
        diagnostics.report(diag::near_target_limit, input.map().range, fmt::format("the report has {} bytes", text.size()), "markdown", fmt::format("{} in a comment", most_bytes))
            .help("put it into a file of its own");
    return {{".md", std::move(text), {{"paste it into a comment or a document, or keep it there with --inject", ""}}}};
}

}  // namespace vsm::backends::markdown
