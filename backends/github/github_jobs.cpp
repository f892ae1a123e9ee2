#include "backends/github/github_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "backends/github/fold_pauses.h"
#include "backends/mock/mock_limits.h"
#include "backends/mock/mock_texts.h"
#include "backends/support/names.h"
#include "diag/outputs.h"

namespace vsm::backends::github {
namespace {

using mock::MockJob;

constexpr std::string_view target = "github";
constexpr NameRule id_rule{"_-", 99, true};
constexpr std::string_view environment_prefix = "vsm-mock-";
constexpr std::size_t most_inputs = 25;
/// The first keeps the list that a person picks from usable. A step takes some 350 bytes, of 500 KB.
constexpr mock::PassLimits pass_limits{.passes = 99, .steps = 1'000};

void report_missing(const BackendInput& input, const mock::Plan& plan, SecondPasses passes, Diagnostics& diagnostics) {
    for (const mock::OmittedPass& pass : plan.missing) {
        const std::string why = passes == SecondPasses::told
                                    ? "with its second passes, the workflow would be larger than GitHub accepts"
                                : pass.excess == mock::OmittedPass::Excess::passes
                                    ? fmt::format("a run can choose from at most {} defects", pass_limits.passes)
                                    : "with this second pass, the workflow would be larger than GitHub accepts";
        mock::report_missing(input, target, pass, why, diagnostics);
    }
}

/// A job has at most one environment, whose reviewers are asked before it starts.
void report_approvals(const BackendInput& input, const MockJob& pass, Diagnostics& diagnostics) {
    const ir::Element& finder = input.stream().elements[pass.element];
    const ir::Rework& rework = ir::step_of(finder)->reworks[pass.rework];
    if (std::holds_alternative<ir::Repair>(rework.to)) return;
    for (const mock::MockStep& one : pass.steps) {
        const ir::Element& element = input.stream().elements[one.element];
        const auto* step = ir::step_of(element);
        if (one.pause || step == nullptr || step->kind != ir::StepKind::approval) continue;
        diagnostics
            .report(diag::not_carried, rework.range, target,
                    fmt::format("that `{}` is approved again after the rework of `{}`", element.label, finder.label))
            .help("the job of the second pass names those who approve, and does not stop");
    }
}

/// Names the inputs. A choose that exceeds their limit is reported and not asked for: it runs all its branches.
std::vector<std::string> inputs_of(const BackendInput& input, const mock::Plan& plan, Diagnostics& diagnostics) {
    std::vector<std::string> inputs;
    Names names(id_rule);
    names.claim(seconds_input, seconds_input);
    std::size_t count = 1;
    for (const mock::Question& question : plan.questions) {
        inputs.emplace_back();
        if (!question.is_asked()) continue;
        if (count == most_inputs) {
            const ir::Element& element = input.stream().elements[question.choose];
            diagnostics
                .report(diag::not_carried, element.range, target,
                        fmt::format("that only one branch of choose `{}` runs", element.label))
                .help(fmt::format(
                    "a workflow can have {} inputs, and each choose needs one; this one runs all its branches",
                    most_inputs));
            continue;
        }
        inputs.back() = names.claim(question.name, question.name);
        ++count;
    }
    return inputs;
}

void drop_unasked(mock::Plan& plan, const std::vector<std::string>& inputs) {
    const auto unasked = [&](const mock::Condition& condition) { return inputs[condition.question].empty(); };
    for (MockJob& job : plan.jobs) {
        std::erase_if(job.conditions, unasked);
        for (mock::MockStep& step : job.steps) std::erase_if(step.conditions, unasked);
    }
}

class Frames {
public:
    Frames(const BackendInput& input, const mock::Plan& plan) : input_(input), plan_(plan) {}

    std::vector<JobFrame> take() {
        for (const MockJob& job : plan_.jobs) {
            const bool after_skipped = std::any_of(job.needs.begin(), job.needs.end(), [&](std::size_t need) {
                return frames_[need].after_skipped || !plan_.jobs[need].conditions.empty();
            });
            frames_.push_back({id_of(job), after_skipped, environment_of(job)});
        }
        return std::move(frames_);
    }

private:
    std::string id_of(const MockJob& job) {
        if (job.kind == MockJob::Kind::start) return ids_.claim("start", "start");
        if (job.kind == MockJob::Kind::figures) return ids_.claim("figures", "figures");
        const ir::Element& element = input_.stream().elements[job.element];
        if (job.kind == MockJob::Kind::rework) {
            const auto& [question, answer] = job.conditions.front();
            const std::string& word = plan_.questions[question].words[answer];
            return ids_.claim("rework-" + word, word);
        }
        if (job.kind == MockJob::Kind::pause && ir::is_step(element))
            return ids_.claim("wait-before-" + element.name.value, "wait-before");
        return ids_.claim(element.name.value, element.label);
    }

    std::string environment_of(const MockJob& job) {
        if (!input_.options.environments || !job.approval) return "";
        const std::string& name = input_.stream().elements[job.element].name.value;
        return environments_.claim(fmt::format("{}{}", environment_prefix, name), environment_prefix);
    }

    const BackendInput& input_;
    const mock::Plan& plan_;
    Names ids_{id_rule};
    Names environments_{id_rule};
    std::vector<JobFrame> frames_;
};

}  // namespace

JobGraph jobs_of(const BackendInput& input, const runtime::StreamMetrics& metrics, SecondPasses passes,
                 Diagnostics& diagnostics) {
    const mock::PassLimits limits = passes == SecondPasses::told ? mock::PassLimits{.passes = 0} : pass_limits;
    mock::Plan plan = mock::plan_of(input, metrics, limits);
    report_missing(input, plan, passes, diagnostics);
    if (input.options.environments)
        for (const MockJob& job : plan.jobs)
            if (job.kind == MockJob::Kind::rework) report_approvals(input, job, diagnostics);
    std::vector<std::string> inputs = inputs_of(input, plan, diagnostics);
    drop_unasked(plan, inputs);
    fold_pauses(plan, mock::MockTexts(input, metrics), input.options.environments);
    mock::reduce_needs(plan, mock::Skipped::ended);
    std::vector<JobFrame> frames = Frames(input, plan).take();
    return {std::move(plan), std::move(frames), std::move(inputs)};
}

}  // namespace vsm::backends::github
