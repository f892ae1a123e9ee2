#include <fmt/format.h>

#include "backends/backend.h"
#include "backends/gitlab/gitlab_stages.h"
#include "backends/gitlab/pipeline.h"
#include "backends/mock/mock_limits.h"
#include "backends/mock/mock_plan.h"
#include "backends/mock/mock_texts.h"
#include "backends/support/facts.h"
#include "diag/outputs.h"

namespace vsm::backends::gitlab {
namespace {

constexpr std::string_view target = "gitlab";
constexpr std::size_t largest_pipeline = 2'000'000;
/// A job takes more than 250 bytes, so more steps than this exceed the size limit in any case.
constexpr std::size_t most_steps = 8'000;
/// The limit for free accounts on gitlab.com; other instances allow more.
constexpr std::size_t most_jobs = 500;
constexpr std::size_t most_needs = 50;
/// All steps of a second pass, up to two for an element, are in one variable, for which systems allow some 128 KB. A
/// step takes more than 50 bytes, so more steps than this exceed the size limit in any case.
constexpr mock::PassLimits pass_limits{.steps = 40'000, .elements = 150};

void check_jobs(const BackendInput& input, std::size_t jobs, Diagnostics& diagnostics) {
    if (jobs <= most_jobs) return;
    diagnostics
        .report(diag::near_target_limit, input.stream().range, fmt::format("the pipeline has {} jobs", jobs), target,
                fmt::format("{}", most_jobs))
        .help("that is the limit of a free gitlab.com account; fold steps together, or show a part of the stream at a "
              "time");
}

bool check_needs(const BackendInput& input, const mock::Plan& plan, Diagnostics& diagnostics) {
    bool fits = true;
    for (const mock::MockJob& job : plan.jobs) {
        if (job.needs.size() <= most_needs) continue;
        fits = false;
        const ir::Element* element = job.element.valid() ? &input.stream().elements[job.element] : nullptr;
        diagnostics
            .report(diag::over_target_limit, element != nullptr ? element->range : input.stream().range,
                    fmt::format("{} needs {} jobs",
                                element != nullptr ? fmt::format("`{}`", element->label) : "the end", job.needs.size()),
                    target, most_needs)
            .help("add a step in between that joins some of the branches");
    }
    return fits;
}

void report_missing(const BackendInput& input, const mock::Plan& plan, Diagnostics& diagnostics) {
    for (const mock::OmittedPass& pass : plan.missing) {
        const std::string why =
            pass.excess == mock::OmittedPass::Excess::elements
                ? fmt::format("{} elements would run again, and {} fit into a job", pass.elements, pass_limits.elements)
                : "with this second pass, the pipeline would be larger than GitLab takes";
        mock::report_missing(input, target, pass, why, diagnostics);
    }
}

std::vector<std::string> head_of(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    return {
        fmt::format("Acts out the value stream: {}", called(input.stream())),
        mock::totals_line(input, metrics),
        "",
        "Put this file as .gitlab-ci.yml into a project of its own, on the default branch; then start it under Build,",
        "Pipelines, New pipeline, which asks for the branches to take. A push does not start it.",
        "It only waits and prints: it checks nothing out, and asks nobody except those who approve."};
}

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics) {
    if (!mock::check_steps(input, target, most_steps, diagnostics)) return {};
    const runtime::StreamMetrics metrics = input.figures(input.stream_id);
    mock::Plan plan = mock::plan_of(input, metrics, pass_limits);
    mock::reduce_needs(plan, mock::Skipped::absent);
    report_missing(input, plan, diagnostics);
    const StageOrder stages = stages_of(input, plan, diagnostics);
    if (!check_needs(input, plan, diagnostics)) return {};
    check_jobs(input, plan.jobs.size(), diagnostics);
    const std::vector<std::string> head = head_of(input, metrics);
    std::string content =
        write_yaml(pipeline_of(input, metrics, plan, stages, diagnostics).value(), {.head = head, .bare_key = {}});
    if (!mock::check_bytes(input, target, "the pipeline", content.size(), largest_pipeline, diagnostics)) return {};
    const std::string command = "git add {file} && git commit -m 'Add the mock of a value stream' && git push";
    return {{".gitlab-ci.yml",
             std::move(content),
             {{"put it into a project of its own, on the default branch, and push it", command, ".gitlab-ci.yml"},
              {"start it under Build, Pipelines, New pipeline; its stages show the stream, and the log of the last job "
               "the figures",
               ""}}}};
}

}  // namespace vsm::backends::gitlab
