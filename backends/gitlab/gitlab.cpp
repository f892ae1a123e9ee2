#include <fmt/format.h>

#include <algorithm>

#include "backends/backend.h"
#include "backends/gitlab/gitlab_jobs.h"
#include "backends/gitlab/pipeline.h"
#include "backends/support/facts.h"
#include "base/diagnostics/codes.h"

namespace vsm::backends::gitlab {
namespace {

constexpr std::string_view target = "gitlab";
constexpr std::size_t largest_pipeline = 2'000'000;
/// A job takes more than 250 bytes, so more steps than this exceed the size limit in any case.
constexpr std::size_t most_steps = 8'000;
/// The limit for free accounts on gitlab.com; other instances allow more.
constexpr std::size_t most_jobs = 500;

bool check_size(const BackendInput& input, Diagnostics& diagnostics) {
    const auto is_step = [](const ir::Element& element) { return ir::is_step(element); };
    const auto& elements = input.map().elements;
    const auto steps = static_cast<std::size_t>(std::count_if(elements.begin(), elements.end(), is_step));
    if (steps <= most_steps) return true;
    diagnostics
        .report(diag::over_target_limit, input.map().range,
                fmt::format("stream `{}` needs more than {} jobs", input.map().name.value, steps), target, most_steps)
        .help("fold steps together, or show a part of the stream at a time");
    return false;
}

void check_jobs(const BackendInput& input, std::size_t jobs, Diagnostics& diagnostics) {
    if (jobs <= most_jobs) return;
    diagnostics
        .report(diag::near_target_limit, input.map().range, fmt::format("the pipeline has {} jobs", jobs), target,
                fmt::format("{}", most_jobs))
        .help("that is what a free account of gitlab.com takes; fold steps together, or show a part of the stream at a "
              "time");
}

bool check_content(const BackendInput& input, const std::string& content, Diagnostics& diagnostics) {
    if (content.size() <= largest_pipeline) return true;
    diagnostics
        .report(diag::over_target_limit, input.map().range, fmt::format("the pipeline holds {} bytes", content.size()),
                target, largest_pipeline)
        .help("fold steps together, shorten titles and notes, or show a part of the stream at a time");
    return false;
}

std::vector<std::string> head_of(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    return {
        fmt::format("Acts the value stream out: {}", called(input.map())),
        fmt::format("{}; working time, {}", joined(totals_of(input, metrics), ", "),
                    format_calendar(input.map().calendar)),
        "",
        "Put this file as .gitlab-ci.yml into a project of its own, on the default branch; then start it under Build,",
        "Pipelines, New pipeline, which asks for the way to take. A push does not start it.",
        "It only waits and prints: it checks nothing out, and asks nobody but who approves."};
}

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics) {
    if (!check_size(input, diagnostics)) return {};
    const runtime::StreamMetrics metrics = input.figures(input.stream);
    Diagnostics found;
    const JobGraph graph = jobs_of(input, metrics, found);
    diagnostics.append(found);
    if (found.has_errors()) return {};
    check_jobs(input, graph.jobs.size(), diagnostics);
    const std::vector<std::string> head = head_of(input, metrics);
    std::string content =
        write_yaml(pipeline_of(input, metrics, graph, diagnostics).value(), {.head = head, .bare_key = {}});
    if (!check_content(input, content, diagnostics)) return {};
    const std::string command = "git add {file} && git commit -m 'Add the mock of a value stream' && git push";
    return {{".gitlab-ci.yml",
             std::move(content),
             {{"put it into a project of its own, on the default branch, and push it", command, ".gitlab-ci.yml"},
              {"start it under Build, Pipelines, New pipeline; its stages show the stream, and the log of the last job "
               "the figures",
               ""}}}};
}

}  // namespace vsm::backends::gitlab
