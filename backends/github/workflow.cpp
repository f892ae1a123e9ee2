#include "backends/github/workflow.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/flow/embedded_flowchart.h"
#include "backends/github/github_scripts.h"
#include "backends/mock/clock.h"
#include "backends/mock/run_summary.h"
#include "backends/support/facts.h"
#include "base/check.h"
#include "diag/outputs.h"

namespace vsm::backends::github {
namespace {

using mock::MockJob;

constexpr std::size_t longest_title = 100;
constexpr std::size_t longest_description = 300;
constexpr std::size_t minutes_of_job = 10;

WorkflowText line(std::string_view text) { return WorkflowSink::line(text); }

/// An input of the workflow. The description contains only names, numbers and our own words, since GitHub evaluates no
/// expressions there.
struct Input {
    std::string name;
    std::string description;
    std::vector<std::string> words;  ///< allowed values; empty for free text
    std::string usual;
};

std::vector<Input> inputs_of(const BackendInput& input, const JobGraph& graph) {
    std::vector<Input> inputs{{seconds_input,
                               "Seconds that a working day of the map takes here; 0 does not wait at all",
                               {},
                               mock::seconds_per_day(input.options)}};
    for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
        const mock::Question& question = graph.plan.questions[i];
        if (!graph.inputs[i].empty())
            inputs.push_back({graph.inputs[i], question.description, question.words, question.words[question.usual]});
    }
    return inputs;
}

enum class Asked { person, workflow };

/// Inputs of `workflow_call` do not support `choice`.
WorkflowMap inputs_map(const std::vector<Input>& all, Asked asked) {
    WorkflowMap inputs;
    for (const Input& input : all) {
        const bool pick = asked == Asked::person && !input.words.empty();
        WorkflowMap one;
        one.add("description", line(cut(input.description, longest_description)));
        one.add("type", pick ? WorkflowText("choice") : WorkflowText("string"));
        if (pick) {
            WorkflowList words;
            for (const std::string& word : input.words) words.add(line(word));
            one.add("options", words);
        }
        inputs.add(line(input.name), one.add("default", line(input.usual)));
    }
    return inputs;
}

/// Restricts `release` to `published`, since releases are often edited later; GitHub's default activity types suit all
/// other events.
WorkflowMap events_of(const BackendInput& input, const std::vector<Input>& inputs) {
    WorkflowMap events;
    events.add("workflow_dispatch", WorkflowMap().add("inputs", inputs_map(inputs, Asked::person)));
    for (const std::string& event : input.options.events) {
        if (event == "workflow_call") {
            events.add(line(event), WorkflowMap().add("inputs", inputs_map(inputs, Asked::workflow)));
        } else if (event == "release") {
            events.add(line(event), WorkflowMap().add("types", WorkflowList().add("published")));
        } else {
            events.add(line(event), nullptr);
        }
    }
    return events;
}

bool has_callers(const BackendInput& input) {
    const auto& events = input.options.events;
    return std::find(events.begin(), events.end(), "workflow_call") != events.end();
}

/// With `--on`, an input falls back to its default, since events other than a manual start pass no inputs.
std::string default_of(const BackendInput& input, const std::string& usual) {
    return input.options.events.empty() ? "" : usual;
}

WorkflowText value_of(const BackendInput& input, const Input& asked) {
    return WorkflowSink::input(asked.name, default_of(input, asked.usual));
}

WorkflowMap step_of(const WorkflowText& name, const WorkflowMap& environment, const WorkflowText& script) {
    return WorkflowMap().add("name", name).add("env", environment).add_block("run", script);
}

WorkflowMap summary_step(const WorkflowText& name, const std::string& markdown) {
    return step_of(name, WorkflowMap().add_block("MARKDOWN", WorkflowSink::lines(markdown)), summary_script);
}

/// Rejects an unknown word from a calling workflow: no branch would run.
WorkflowMap word_check(const BackendInput& input, const Input& asked) {
    const std::string words = fmt::format("{}", fmt::join(asked.words, " "));
    const WorkflowMap environment = WorkflowMap().add("WORD", value_of(input, asked)).add("WORDS", line(words));
    return step_of(line("Check the input " + asked.name), environment, check_word_script);
}

class Jobs {
public:
    Jobs(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
         const std::vector<Input>& inputs, Diagnostics& diagnostics)
        : input_(input), metrics_(metrics), graph_(graph), inputs_(inputs), diagnostics_(diagnostics) {}

    WorkflowMap all() {
        WorkflowMap jobs;
        for (std::size_t i = 0; i < graph_.frames.size(); ++i) jobs.add(line(graph_.frames[i].id), job(i));
        return jobs;
    }

private:
    WorkflowMap job_base(const WorkflowText& name, std::size_t minutes) const {
        const std::vector<std::string>& labels = input_.options.runner;
        VSM_CHECK(!labels.empty());
        WorkflowMap job;
        job.add("name", name);
        if (labels.size() == 1) {
            job.add("runs-on", line(labels.front()));
        } else {
            WorkflowList list;
            for (const std::string& label : labels) list.add(line(label));
            job.add("runs-on", list);
        }
        return job.add("timeout-minutes", minutes);
    }

    WorkflowMap job(std::size_t index) const {
        const MockJob& job = graph_.plan.jobs[index];
        const JobFrame& frame = graph_.frames[index];
        const WorkflowList steps = steps_of(job);
        const bool plays = job.element.valid();
        WorkflowMap made = job_base(line(job.name), minutes_of_job + (plays ? steps.size() : 0));
        if (!job.needs.empty()) made.add("needs", needs_of(job));
        if (job.kind == MockJob::Kind::figures)
            made.add("if", "always()");
        else if (!job.conditions.empty() || frame.after_skipped)
            made.add("if", WorkflowSink::condition(inputs_are(job.conditions), frame.after_skipped));
        if (!frame.environment.empty()) made.add("environment", line(frame.environment));
        return made.add("steps", steps);
    }

    WorkflowList steps_of(const MockJob& job) const {
        if (job.kind == MockJob::Kind::start) return start_steps();
        WorkflowList steps;
        if (job.kind == MockJob::Kind::figures)
            for (const std::string& part : mock::figure_tables(input_, metrics_))
                steps.add(summary_step("Show the figures in the summary", part));
        else
            for (const mock::MockStep& step : job.steps) steps.add(played(step));
        return steps;
    }

    WorkflowList start_steps() const {
        WorkflowList steps;
        steps.add(WorkflowMap().add("name", "Check the time scale").add_block("run", check_script));
        if (has_callers(input_))
            for (const Input& asked : inputs_)
                if (!asked.words.empty()) steps.add(word_check(input_, asked));
        return steps.add(summary_step("Show the map in the summary", mock::map_summary(input_, diagram())));
    }

    std::string diagram() const {
        std::string drawn = flowchart_of(input_);
        if (drawn.empty())
            diagnostics_.report(diag::not_carried, input_.stream().range, "github", "the diagram in the run's summary")
                .help("it is larger than Mermaid can draw there; the table of figures has all steps");
        return drawn;
    }

    WorkflowMap played(const mock::MockStep& step) const {
        WorkflowMap made;
        if (!step.conditions.empty()) made.add("if", WorkflowSink::condition(inputs_are(step.conditions), false));
        const double days = mock::days_of(step.microseconds, input_.stream().calendar);
        const WorkflowMap environment =
            WorkflowMap().add("TEXT", line(step.text)).add("DAYS", line(format_number(days)));
        return made.add("name", line(cut(step.title, longest_title)))
            .add("env", environment)
            .add_block("run", play_script);
    }

    std::vector<InputIs> inputs_are(const std::vector<mock::Condition>& conditions) const {
        std::vector<InputIs> all;
        for (const auto& [index, answer] : conditions) {
            const mock::Question& question = graph_.plan.questions[index];
            all.push_back(
                {graph_.inputs[index], question.words[answer], default_of(input_, question.words[question.usual])});
        }
        return all;
    }

    WorkflowList needs_of(const MockJob& job) const {
        WorkflowList list;
        for (const std::size_t need : job.needs) list.add(line(graph_.frames[need].id));
        return list;
    }

    const BackendInput& input_;
    const runtime::StreamMetrics& metrics_;
    const JobGraph& graph_;
    const std::vector<Input>& inputs_;
    Diagnostics& diagnostics_;
};

}  // namespace

WorkflowMap workflow_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
                        Diagnostics& diagnostics) {
    const std::vector<Input> inputs = inputs_of(input, graph);
    const WorkflowMap environment = WorkflowMap().add("SECONDS_PER_DAY", value_of(input, inputs.front()));
    WorkflowMap workflow;
    workflow.add("name", WorkflowSink::unevaluated_line("Value stream: " + cut(called(input.stream()), longest_title)));
    workflow.add("on", events_of(input, inputs));
    workflow.add("permissions", WorkflowMap());
    workflow.add("env", environment);
    workflow.add("defaults", WorkflowMap().add("run", WorkflowMap().add("shell", "bash")));
    workflow.add("jobs", Jobs(input, metrics, graph, inputs, diagnostics).all());
    return workflow;
}

}  // namespace vsm::backends::github
