#include <fmt/format.h>

#include <algorithm>

#include "backends/backend.h"
#include "backends/github/jobs.h"
#include "backends/github/workflow.h"
#include "backends/support/facts.h"

namespace vsm::backends::github {
namespace {

constexpr std::string_view target = "github";
constexpr std::size_t largest_workflow = 500'000;
/// A job takes more than 250 bytes: above this, the workflow is too large for sure.
constexpr std::size_t most_jobs = 2'000;

bool check_size(const BackendInput& input, Diagnostics& diagnostics) {
    const auto is_step = [](const ir::Element& element) { return std::holds_alternative<ir::Step>(element.what); };
    const auto& elements = input.map().elements;
    const auto steps = static_cast<std::size_t>(std::count_if(elements.begin(), elements.end(), is_step));
    if (steps <= most_jobs) return true;
    diagnostics
        .report(diag::over_target_limit, input.map().range,
                fmt::format("stream `{}` needs {} jobs", input.map().name.value, steps), target, most_jobs)
        .help("fold steps together, or show a part of the stream at a time");
    return false;
}

bool check_content(const BackendInput& input, const std::string& content, Diagnostics& diagnostics) {
    if (content.size() < largest_workflow) return true;
    diagnostics
        .report(diag::over_target_limit, input.map().range, fmt::format("the workflow holds {} bytes", content.size()),
                target, largest_workflow - 1)
        .help("fold steps together, shorten titles and notes, or show a part of the stream at a time");
    return false;
}

std::vector<std::string> head_of(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    return {fmt::format("Acts the value stream out: {}", called(input.map())),
            fmt::format("{}; working time, {}", joined(totals_of(input, metrics), ", "),
                        format_calendar(input.map().calendar)),
            "",
            "Put this file into .github/workflows/ on the default branch, then start it under Actions, Run workflow.",
            "It only waits and prints: it checks nothing out, asks nobody, and has no permissions."};
}

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics) {
    if (!check_size(input, diagnostics)) return {};
    const runtime::StreamMetrics metrics = runtime::measure(input.model, input.stream);
    const JobGraph graph = jobs_of(input, diagnostics);
    const std::vector<std::string> head = head_of(input, metrics);
    std::string content =
        write_yaml(workflow_of(input, metrics, graph, diagnostics).value(), {.head = head, .bare_key = "on"});
    if (!check_content(input, content, diagnostics)) return {};
    const std::string command = "mkdir -p .github/workflows && cp {file} .github/workflows/ && git add "
                                ".github/workflows && git commit -m 'Add the mock of a value stream'";
    return {{".github.yml",
             std::move(content),
             {{"put it where GitHub finds it, on the default branch", command},
              {"start it under Actions, Run workflow; the run's page draws the stream and its summary holds the map "
               "and the figures",
               ""}}}};
}

}  // namespace vsm::backends::github
