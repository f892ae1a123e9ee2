#include <fmt/format.h>

#include <algorithm>

#include "backends/backend.h"
#include "backends/github/github_jobs.h"
#include "backends/github/workflow.h"
#include "backends/mock/mock_limits.h"
#include "backends/mock/mock_texts.h"
#include "backends/support/facts.h"

namespace vsm::backends::github {
namespace {

constexpr std::string_view target = "github";
constexpr std::size_t largest_workflow = 499'999;
/// A job takes more than 250 bytes, so more steps than this exceed the size limit in any case.
constexpr std::size_t most_steps = 2'000;

/// Explains how to make the run stop at approvals, since the file cannot name reviewers.
void add_environments(std::vector<std::string>& head, const BackendInput& input, const JobGraph& graph) {
    head.insert(
        head.end(),
        {"",
         "An approval waits for the reviewers of its environment. Give each environment its reviewers under Settings,",
         "Environments, Required reviewers; until then its job does not stop:"});
    for (std::size_t i = 0; i < graph.frames.size(); ++i) {
        if (graph.frames[i].environment.empty()) continue;
        const ir::Element& element = input.stream().elements[graph.plan.jobs[i].element];
        const std::string teams = teams_of(input, ir::step_of(element)->teams);
        head.push_back(fmt::format("- {}: {}{}", graph.frames[i].environment, called(element),
                                   teams.empty() ? "" : ", by " + teams));
    }
}

bool any_environment(const JobGraph& graph) {
    return std::any_of(graph.frames.begin(), graph.frames.end(),
                       [](const JobFrame& frame) { return !frame.environment.empty(); });
}

std::vector<std::string> head_of(const BackendInput& input, const runtime::StreamMetrics& metrics,
                                 const JobGraph& graph) {
    const bool asks = any_environment(graph);
    std::vector<std::string> head{
        fmt::format("Acts out the value stream: {}", called(input.stream())), mock::totals_line(input, metrics), "",
        "Put this file into .github/workflows/ on the default branch and push it (git add, git commit, git push);",
        "then start it under Actions, Run workflow."};
    if (!input.options.events.empty())
        head.push_back(fmt::format("It also starts at {}, with the defaults of its inputs.",
                                   fmt::join(input.options.events, ", ")));
    head.push_back(fmt::format("It only waits and prints: it checks nothing out, {}, and has no permissions.",
                               asks ? "asks the reviewers of its approvals and no one else" : "asks nobody"));
    if (asks) add_environments(head, input, graph);
    return head;
}

struct Draft {
    std::string content;
    Diagnostics found;
    bool has_passes = false;
};

Draft draft_of(const BackendInput& input, const runtime::StreamMetrics& metrics, SecondPasses passes) {
    Draft draft;
    const JobGraph graph = jobs_of(input, metrics, passes, draft.found);
    const std::vector<std::string> head = head_of(input, metrics, graph);
    const WorkflowMap workflow = workflow_of(input, metrics, graph, draft.found);
    draft.content = write_yaml(workflow.value(), {.head = head, .bare_key = "on"});
    draft.has_passes = graph.plan.questions.front().is_asked();
    return draft;
}

std::vector<NextStep> next_steps(const BackendInput& input) {
    const std::string command = "git add {file} && git commit -m 'Add the mock of a value stream' && git push";
    std::vector<NextStep> steps{
        {"put it where GitHub finds it, on the default branch, and push it", command, ".github/workflows/"},
        {"start it under Actions, Run workflow; the run's page draws the stream, and its summary shows the map and the "
         "figures",
         ""}};
    if (input.options.environments)
        steps.push_back({"add reviewers to its approvals, as described at the top of the file", ""});
    return steps;
}

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics) {
    if (!mock::check_steps(input, target, most_steps, diagnostics)) return {};
    const runtime::StreamMetrics metrics = input.figures(input.stream_id);
    Draft draft = draft_of(input, metrics, SecondPasses::played);
    if (draft.has_passes && draft.content.size() > largest_workflow)
        draft = draft_of(input, metrics, SecondPasses::told);
    diagnostics.append(draft.found);
    if (!mock::check_bytes(input, target, "the workflow", draft.content.size(), largest_workflow, diagnostics))
        return {};
    return {{".github.yml", std::move(draft.content), next_steps(input)}};
}

}  // namespace vsm::backends::github
