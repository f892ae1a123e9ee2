#include "backends/github/workflow.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/github/github_scripts.h"
#include "backends/github/plays.h"
#include "backends/github/summary.h"
#include "backends/support/facts.h"
#include "backends/support/names.h"
#include "base/check.h"

namespace vsm::backends::github {
namespace {

constexpr std::size_t longest_description = 300;
constexpr std::size_t minutes_of_job = 10;

WorkflowText line(std::string_view text) { return WorkflowSink::line(text); }

/// An input of the workflow. The description contains only names, numbers and our own words, since GitHub evaluates no
/// expressions there.
struct Question {
    std::string input;
    std::string description;
    std::vector<std::string> words;  ///< allowed values; empty for free text
    std::string usual;
};

Question time_scale(const BackendInput& input) {
    const auto day = input.options.time_scale.mock_per_working_day.microseconds;
    std::string seconds = fmt::format("{}.{:06}", day / microseconds_per_second, day % microseconds_per_second);
    seconds.erase(seconds.find_last_not_of('0') + 1);
    if (seconds.back() == '.') seconds.pop_back();
    return {seconds_input, "Seconds that a working day of the map takes here; 0 does not wait at all", {}, seconds};
}

Question defect_found(const BackendInput& input, const JobGraph& graph) {
    Question question{defect_input, "", {no_defect}, no_defect};
    std::string rates;
    for (const Defect& defect : graph.defects) {
        const auto* step = ir::step_of(input.map().elements[defect.finder]);
        const std::string rate = format_exactly(step->reworks[defect.index].rate);
        rates += fmt::format("{}{} {}", rates.empty() ? "" : ", ", defect.word, rate);
        question.words.push_back(defect.word);
    }
    question.description = "Which step finds a defect, so that work is done again: " + rates;
    return question;
}

Question way_taken(const BackendInput& input, const Choice& choice) {
    Question question{choice.input, "", {}, choice.options[choice.usual].second};
    std::string shares;
    for (const auto& [branch, word] : choice.options) {
        const double share = input.model.facts(input.stream).elements[branch].branch_share;
        shares += fmt::format("{}{} {}%", shares.empty() ? "" : ", ", word, percent_digits(share));
        question.words.push_back(word);
    }
    question.description = fmt::format("Way to take at {}: {}", choice.input, shares);
    return question;
}

std::vector<Question> questions_of(const BackendInput& input, const JobGraph& graph) {
    std::vector<Question> questions{time_scale(input)};
    if (!graph.defects.empty()) questions.push_back(defect_found(input, graph));
    for (const Choice& choice : graph.choices) questions.push_back(way_taken(input, choice));
    return questions;
}

enum class Asked { person, workflow };

/// Inputs of `workflow_call` do not support `choice`.
WorkflowMap inputs_of(const std::vector<Question>& questions, Asked asked) {
    WorkflowMap inputs;
    for (const Question& question : questions) {
        const bool pick = asked == Asked::person && !question.words.empty();
        WorkflowMap one;
        one.add("description", line(cut(question.description, longest_description)));
        one.add("type", pick ? WorkflowText("choice") : WorkflowText("string"));
        if (pick) {
            WorkflowList words;
            for (const std::string& word : question.words) words.add(line(word));
            one.add("options", words);
        }
        inputs.add(line(question.input), one.add("default", line(question.usual)));
    }
    return inputs;
}

/// Restricts `release` to `published`, since releases are often edited later; GitHub's default activity types suit all
/// other events.
WorkflowMap events_of(const BackendInput& input, const std::vector<Question>& questions) {
    WorkflowMap events;
    events.add("workflow_dispatch", WorkflowMap().add("inputs", inputs_of(questions, Asked::person)));
    for (const std::string& event : input.options.events) {
        if (event == "workflow_call") {
            events.add(line(event), WorkflowMap().add("inputs", inputs_of(questions, Asked::workflow)));
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

WorkflowText value_of(const BackendInput& input, const Question& question) {
    return WorkflowSink::input(question.input, input.options.events.empty() ? "" : question.usual);
}

WorkflowMap step_of(const WorkflowText& name, const WorkflowMap& environment, const WorkflowText& script) {
    return WorkflowMap().add("name", name).add("env", environment).add_block("run", script);
}

WorkflowMap summary_step(const WorkflowText& name, const std::string& markdown) {
    return step_of(name, WorkflowMap().add_block("MARKDOWN", WorkflowSink::lines(markdown)), summary_script);
}

/// Rejects an unknown word from a calling workflow: no branch would run.
WorkflowMap word_check(const BackendInput& input, const Question& question) {
    std::string words;
    for (const std::string& word : question.words) words += (words.empty() ? "" : " ") + word;
    const WorkflowMap environment = WorkflowMap().add("WORD", value_of(input, question)).add("WORDS", line(words));
    return step_of(line("Check the input " + question.input), environment, check_word_script);
}

class Jobs {
public:
    Jobs(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
         const std::vector<Question>& questions, Diagnostics& diagnostics)
        : input_(input), stream_(input.map()), metrics_(metrics), graph_(graph), questions_(questions),
          diagnostics_(diagnostics) {}

    WorkflowMap all() {
        WorkflowMap jobs;
        jobs.add(start_id, start());
        Names ids({"_-", 99, true});
        ids.claim(start_id, start_id);
        for (const Job& job : graph_.jobs) {
            ids.claim(job.id, job.id);
            jobs.add(line(job.id), job_of(job));
        }
        return jobs.add(line(ids.claim("figures", "figures")), figures());
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

    WorkflowMap start() const {
        const std::string trigger = cut(stream_.trigger.value, longest_title);
        WorkflowMap job = job_base(line(trigger.empty() ? "Start" : "Start: " + trigger), minutes_of_job);
        WorkflowList steps;
        steps.add(WorkflowMap().add("name", "Check the time scale").add_block("run", check_script));
        if (has_callers(input_))
            for (const Question& question : questions_)
                if (!question.words.empty()) steps.add(word_check(input_, question));
        return job.add("steps",
                       steps.add(summary_step("Show the map in the summary", map_summary(input_, diagnostics_))));
    }

    WorkflowMap job_of(const Job& job) const {
        const Plays plays(input_, metrics_);
        const WorkflowList steps = plays.steps_of(job);
        WorkflowMap made = job_base(line(plays.name_of(job)), minutes_of_job + steps.size());
        made.add("needs", needs_of(job.needs));
        if (!job.conditions.empty() || job.after_skipped)
            made.add("if", WorkflowSink::condition(asked(input_, job.conditions), job.after_skipped));
        if (!job.environment.empty()) made.add("environment", line(job.environment));
        return made.add("steps", steps);
    }

    WorkflowMap figures() const {
        WorkflowList steps;
        for (const std::string& part : figure_tables(input_, metrics_))
            steps.add(summary_step("Show the figures in the summary", part));
        return job_base("Figures", minutes_of_job)
            .add("needs", needs_of(graph_.ends))
            .add("if", "always()")
            .add("steps", steps);
    }

    WorkflowList needs_of(const std::vector<std::size_t>& needs) const {
        WorkflowList list;
        if (needs.empty()) list.add(start_id);
        for (const std::size_t need : needs) list.add(line(graph_.jobs[need].id));
        return list;
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    const JobGraph& graph_;
    const std::vector<Question>& questions_;
    Diagnostics& diagnostics_;
};

}  // namespace

WorkflowMap workflow_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
                        Diagnostics& diagnostics) {
    const std::vector<Question> questions = questions_of(input, graph);
    const WorkflowMap environment = WorkflowMap().add("SECONDS_PER_DAY", value_of(input, questions.front()));
    WorkflowMap workflow;
    workflow.add("name", WorkflowSink::unevaluated_line("Value stream: " + cut(called(input.map()), longest_title)));
    workflow.add("on", events_of(input, questions));
    workflow.add("permissions", WorkflowMap());
    workflow.add("env", environment);
    workflow.add("defaults", WorkflowMap().add("run", WorkflowMap().add("shell", "bash")));
    workflow.add("jobs", Jobs(input, metrics, graph, questions, diagnostics).all());
    return workflow;
}

}  // namespace vsm::backends::github
