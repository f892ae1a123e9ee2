#include "backends/gitlab/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "backends/gitlab/gitlab_scripts.h"
#include "backends/mock/clock.h"
#include "backends/support/facts.h"
#include "backends/support/names.h"
#include "diag/outputs.h"

namespace vsm::backends::gitlab {
namespace {

using mock::MockJob;

// UTF-16 units, at most five bytes each in the variable that GitLab sets; systems allow some 128 KB per variable.
constexpr std::size_t most_in_variable = 20'000;
constexpr std::size_t longest_line = 10'000;
constexpr std::size_t shortest_line = 60;
constexpr std::size_t longest_description = 2'000;

/// The variables that ask the questions: `DEFECT`, `CHOOSE_ROUTE`. The prefix avoids names that GitLab or the shell
/// uses.
std::vector<std::string> variables_for(const std::vector<mock::Question>& questions) {
    std::vector<std::string> variables;
    std::set<std::string> taken;
    for (const mock::Question& question : questions) {
        std::string stem = (question.choose.valid() ? "CHOOSE_" : "") + name_from(question.name, {"_-", 60, false});
        for (char& c : stem) c = c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        std::string variable = stem;
        for (std::size_t number = 2; !taken.insert(variable).second; ++number)
            variable = fmt::format("{}_{}", stem, number);
        variables.push_back(variable);
    }
    return variables;
}

class Pipeline {
public:
    Pipeline(const BackendInput& input, const runtime::StreamMetrics& metrics, const mock::Plan& plan,
             const StageOrder& stage_order, Diagnostics& diagnostics)
        : input_(input), metrics_(metrics), plan_(plan), stage_order_(stage_order), diagnostics_(diagnostics),
          variables_(variables_for(plan.questions)) {}

    PipelineMap document() {
        PipelineMap pipeline;
        pipeline.add("workflow", PipelineMap().add("rules", starts()));
        pipeline.add("stages", stages());
        pipeline.add("variables", questions());
        pipeline.add("default", PipelineMap().add("image", "busybox"));
        pipeline.add(".play", PipelineMap().add_block("script", play_script));
        for (std::size_t i = 0; i < plan_.jobs.size(); ++i) pipeline.add(name_of(i), job(i));
        return pipeline;
    }

private:
    /// Pushes do not start the mock. Unknown words do not either, since they would leave out jobs that others need.
    PipelineList starts() const {
        const auto never = [](const GitlabText& when) { return PipelineMap().add("if", when).add("when", "never"); };
        PipelineList rules;
        rules.add(never(R"($CI_PIPELINE_SOURCE == "push" || $CI_PIPELINE_SOURCE == "merge_request_event")"));
        for (std::size_t i = 0; i < plan_.questions.size(); ++i)
            if (plan_.questions[i].is_asked())
                rules.add(never(GitlabSink::none_of(variables_[i], plan_.questions[i].words)));
        return rules.add(PipelineMap().add("when", "always"));
    }

    PipelineList stages() const {
        PipelineList list;
        for (std::size_t i = 0; i < stage_order_.titles.size(); ++i) list.add(stage_name(i));
        return list;
    }

    PipelineMap questions() const {
        PipelineMap variables;
        variables.add("GIT_STRATEGY", "none");
        for (std::size_t i = 0; i < plan_.questions.size(); ++i) {
            const mock::Question& question = plan_.questions[i];
            if (!question.is_asked()) continue;
            PipelineList words;
            for (const std::string& word : question.words) words.add(GitlabSink::word(word));
            variables.add(
                GitlabSink::word(variables_[i]),
                PipelineMap()
                    .add("value", GitlabSink::word(question.words[question.usual]))
                    .add("options", words)
                    .add("description", GitlabSink::description(cut(question.description, longest_description))));
        }
        return variables;
    }

    PipelineMap job(std::size_t index) {
        const MockJob& one = plan_.jobs[index];
        PipelineMap made;
        made.add("extends", ".play").add("stage", stage_name(stage_order_.of_job[index])).add("needs", needs_of(one));
        if (one.conditions.empty()) {
            add_manner(made, one);
        } else {
            PipelineMap rule;
            add_manner(rule.add("if", GitlabSink::condition(variables_are(one.conditions))), one);
            made.add("rules", PipelineList().add(rule));
        }
        PipelineMap variables;
        variables.add_block("PLAYS", GitlabSink::plays(lines_for(one)));
        if (one.kind == MockJob::Kind::figures) {
            variables.add_block("METRICS", GitlabSink::metrics(input_.stream().name.value, measured()));
            made.add("artifacts", PipelineMap().add("reports", PipelineMap().add("metrics", "metrics.txt")));
        }
        made.add("variables", variables);
        return made;
    }

    /// Sets how a job starts: manually, after a delay, or immediately.
    void add_manner(PipelineMap& place, const MockJob& job) const {
        if (job.approval) {
            // `allow_failure: false` makes later jobs wait
            place.add("when", "manual").add("allow_failure", false);
        } else if (const std::size_t delay = delay_of(job); delay > 0) {
            place.add("when", "delayed").add("start_in", GitlabSink::number(delay, delay == 1 ? "second" : "seconds"));
        }
    }

    /// In whole seconds, 1 to 60; 0 for none.
    std::size_t delay_of(const MockJob& job) const {
        if (job.kind != MockJob::Kind::pause) return 0;
        const double seconds = mock::seconds_of(job.steps.front().microseconds, input_);
        return seconds > 0 ? static_cast<std::size_t>(std::max(1.0, std::round(seconds))) : 0;
    }

    PipelineList needs_of(const MockJob& job) const {
        PipelineList list;
        for (const std::size_t need : job.needs) {
            if (mock::comes_with(job, plan_.jobs[need])) {
                list.add(name_of(need));
            } else {
                list.add(PipelineMap().add("job", name_of(need)).add("optional", true));
            }
        }
        return list;
    }

    std::vector<VariableIs> variables_are(const std::vector<mock::Condition>& conditions) const {
        std::vector<VariableIs> all;
        for (const auto& [question, answer] : conditions)
            all.push_back({variables_[question], plan_.questions[question].words[answer]});
        return all;
    }

    /// A line per step. The job of a pause has been delayed, so its line takes no time.
    std::vector<Line> lines_of(const MockJob& job) const {
        std::vector<Line> lines;
        for (const mock::MockStep& step : job.steps) {
            const double seconds = job.kind == MockJob::Kind::pause ? 0 : mock::seconds_of(step.microseconds, input_);
            lines.push_back({seconds, variables_are(step.conditions), step.text});
        }
        return lines;
    }

    /// Shortens lines to fit into a variable.
    std::vector<Line> lines_for(const MockJob& job) {
        std::vector<Line> lines = lines_of(job);
        const std::size_t room = std::clamp(most_in_variable / lines.size(), shortest_line, longest_line);
        std::size_t shortened = 0;
        for (Line& line : lines) {
            if (utf16_units(line.text) <= room) continue;
            ++shortened;
            line.text = cut(line.text, room - 1);
        }
        // the jobs of the steps contain the full texts of a second pass
        if (shortened > 0 && job.kind != MockJob::Kind::rework) {
            const bool of_element = job.element.valid();
            diagnostics_.report(diag::shortened_text,
                                of_element ? input_.stream().elements[job.element].range : input_.stream().range,
                                "gitlab", room,
                                fmt::format("`{}`", of_element ? input_.stream().elements[job.element].label
                                                               : input_.stream().name.value));
        }
        constexpr std::size_t most_lines = most_in_variable / shortest_line;
        if (lines.size() > most_lines) {
            const std::string rest = fmt::format("… and {} more in the map", lines.size() - most_lines + 1);
            lines.resize(most_lines - 1);
            lines.push_back({0, {}, rest});
        }
        return lines;
    }

    std::vector<Measured> measured() const {
        const runtime::Figures& mean = metrics_.mean;
        std::vector<Measured> list;
        const auto time = [&](const std::string& name, const runtime::TimeFigure& figure) {
            list.push_back({name + (figure.known ? "_seconds" : "_at_least_seconds"),
                            figure.microseconds / static_cast<double>(microseconds_per_second)});
        };
        time("lead_time", mean.lead_time);
        time("process_time", mean.process_time);
        if (mean.activity_ratio) list.push_back({"activity_ratio", *mean.activity_ratio});
        if (mean.rolled_ca.value) list.push_back({"rolled_ca", *mean.rolled_ca.value});
        if (!mean.rolled_ca.value && mean.rolled_ca.at_most)
            list.push_back({"rolled_ca_at_most", *mean.rolled_ca.at_most});
        return list;
    }

    /// Prefixes a number, since GitLab sorts the jobs of a stage by name, reserves some names and names with a leading
    /// dot, and requires unique names.
    static std::string numbered(std::size_t index, std::size_t count, const std::string& text) {
        return fmt::format("{:0{}} {}", index + 1, fmt::formatted_size("{}", count), text);
    }
    GitlabText name_of(std::size_t job) const {
        return GitlabSink::name(numbered(job, plan_.jobs.size(), plan_.jobs[job].name));
    }
    GitlabText stage_name(std::size_t stage) const {
        return GitlabSink::name(numbered(stage, stage_order_.titles.size(), stage_order_.titles[stage]));
    }

    const BackendInput& input_;
    const runtime::StreamMetrics& metrics_;
    const mock::Plan& plan_;
    const StageOrder& stage_order_;
    Diagnostics& diagnostics_;
    const std::vector<std::string> variables_;  ///< by question
};

}  // namespace

PipelineMap pipeline_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const mock::Plan& plan,
                        const StageOrder& stages, Diagnostics& diagnostics) {
    return Pipeline(input, metrics, plan, stages, diagnostics).document();
}

}  // namespace vsm::backends::gitlab
