#include "backends/gitlab/pipeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/gitlab/gitlab_scripts.h"
#include "backends/gitlab/lines.h"
#include "backends/support/facts.h"
#include "base/diagnostics/codes.h"

namespace vsm::backends::gitlab {
namespace {

// UTF-16 units, at most five bytes each in the variable that GitLab sets; systems allow some 128 KB per variable.
constexpr std::size_t most_in_variable = 20'000;
constexpr std::size_t longest_line = 10'000;
constexpr std::size_t shortest_line = 60;
constexpr std::size_t longest_description = 2'000;

class Pipeline {
public:
    Pipeline(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
             Diagnostics& diagnostics)
        : input_(input), metrics_(metrics), graph_(graph), diagnostics_(diagnostics), lines_(input, metrics) {}

    PipelineMap document() {
        PipelineMap pipeline;
        pipeline.add("workflow", PipelineMap().add("rules", starts()));
        pipeline.add("stages", stages());
        pipeline.add("variables", questions());
        pipeline.add("default", PipelineMap().add("image", "busybox"));
        pipeline.add(".play", PipelineMap().add_block("script", play_script));
        for (std::size_t i = 0; i < graph_.jobs.size(); ++i) pipeline.add(name_of(i), job(i));
        return pipeline;
    }

private:
    /// Pushes do not start the mock. Unknown words do not either, since they would leave out jobs that others need.
    PipelineList starts() const {
        const auto never = [](const GitlabText& when) { return PipelineMap().add("if", when).add("when", "never"); };
        PipelineList rules;
        rules.add(never(R"($CI_PIPELINE_SOURCE == "push" || $CI_PIPELINE_SOURCE == "merge_request_event")"));
        for (const Question& question : graph_.questions)
            rules.add(never(GitlabSink::none_of(question.variable, question.words)));
        return rules.add(PipelineMap().add("when", "always"));
    }

    PipelineList stages() const {
        PipelineList list;
        for (std::size_t i = 0; i < graph_.stages.size(); ++i) list.add(stage_name(i));
        return list;
    }

    PipelineMap questions() const {
        PipelineMap variables;
        variables.add("GIT_STRATEGY", "none");
        for (const Question& question : graph_.questions) {
            PipelineList words;
            for (const std::string& word : question.words) words.add(GitlabSink::word(word));
            variables.add(
                GitlabSink::word(question.variable),
                PipelineMap()
                    .add("value", GitlabSink::word(question.words[question.usual]))
                    .add("options", words)
                    .add("description", GitlabSink::description(cut(question.description, longest_description))));
        }
        return variables;
    }

    PipelineMap job(std::size_t index) {
        const Job& one = graph_.jobs[index];
        PipelineMap made;
        made.add("extends", ".play").add("stage", stage_name(one.stage)).add("needs", needs_of(one));
        if (one.conditions.empty()) {
            add_manner(made, one);
        } else {
            PipelineMap rule;
            add_manner(rule.add("if", GitlabSink::condition(one.conditions)), one);
            made.add("rules", PipelineList().add(rule));
        }
        PipelineMap variables;
        variables.add_block("PLAYS", GitlabSink::plays(lines_for(one)));
        if (one.kind == Job::Kind::figures) {
            variables.add_block("METRICS", GitlabSink::metrics(input_.map().name.value, measured()));
            made.add("artifacts", PipelineMap().add("reports", PipelineMap().add("metrics", "metrics.txt")));
        }
        return made.add("variables", variables);
    }

    /// Sets how a job starts: manually, after a delay, or immediately.
    void add_manner(PipelineMap& place, const Job& job) const {
        const auto* step = job.kind == Job::Kind::step ? ir::step_of(input_.map().elements[job.element]) : nullptr;
        if (step != nullptr && step->kind == ir::StepKind::approval) {
            // `allow_failure: false` makes later jobs wait
            place.add("when", "manual").add("allow_failure", false);
        } else if (const std::size_t delay = lines_.delay_of(job); delay > 0) {
            place.add("when", "delayed").add("start_in", GitlabSink::number(delay, delay == 1 ? "second" : "seconds"));
        }
    }

    PipelineList needs_of(const Job& job) const {
        PipelineList list;
        for (const std::size_t need : job.needs) {
            if (comes_with(job, graph_.jobs[need])) {
                list.add(name_of(need));
            } else {
                list.add(PipelineMap().add("job", name_of(need)).add("optional", true));
            }
        }
        return list;
    }

    /// Shortens lines to fit into a variable.
    std::vector<Line> lines_for(const Job& job) {
        std::vector<Line> lines = lines_.lines_of(job);
        const std::size_t room = std::clamp(most_in_variable / lines.size(), shortest_line, longest_line);
        std::size_t shortened = 0;
        for (Line& line : lines) {
            if (utf16_units(line.text) <= room) continue;
            ++shortened;
            line.text = cut(line.text, room - 1);
        }
        // the jobs of the steps contain the full texts of a second pass
        if (shortened > 0 && job.kind != Job::Kind::rework) {
            const bool of_element = job.element.valid();
            diagnostics_.report(
                diag::shortened_text, of_element ? input_.map().elements[job.element].range : input_.map().range,
                "gitlab", room,
                fmt::format("`{}`", of_element ? input_.map().elements[job.element].label : input_.map().name.value));
        }
        constexpr std::size_t most_lines = most_in_variable / shortest_line;
        if (lines.size() > most_lines) {
            const std::string rest = fmt::format("… and {} more, which the map holds", lines.size() - most_lines + 1);
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
        return GitlabSink::name(numbered(job, graph_.jobs.size(), lines_.name_of(graph_.jobs[job])));
    }
    GitlabText stage_name(std::size_t stage) const {
        return GitlabSink::name(numbered(stage, graph_.stages.size(), graph_.stages[stage]));
    }

    const BackendInput& input_;
    const runtime::StreamMetrics& metrics_;
    const JobGraph& graph_;
    Diagnostics& diagnostics_;
    const Lines lines_;
};

}  // namespace

PipelineMap pipeline_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
                        Diagnostics& diagnostics) {
    return Pipeline(input, metrics, graph, diagnostics).document();
}

}  // namespace vsm::backends::gitlab
