#include "backends/github/workflow.h"

#include <fmt/format.h>

#include "backends/github/scripts.h"
#include "backends/github/summary.h"
#include "backends/support/facts.h"
#include "backends/support/names.h"

namespace vsm::backends::github {
namespace {

using ir::ElementId;

constexpr std::size_t longest_title = 100;
constexpr std::size_t minutes_of_job = 10;

WorkflowText line(std::string_view text) { return WorkflowSink::line(text); }

WorkflowMap dispatch_inputs(const BackendInput& input, const JobGraph& graph) {
    const double seconds = static_cast<double>(input.options.time_scale.mock_per_working_day.microseconds) /
                           static_cast<double>(microseconds_per_second);
    WorkflowMap inputs;
    inputs.add(seconds_input,
               WorkflowMap()
                   .add("description", "Seconds that a working day of the map takes here; 0 does not wait at all")
                   .add("type", "string")
                   .add("default", line(format_number(seconds))));
    for (const Choice& choice : graph.choices) {
        WorkflowList options;
        std::string shares;
        for (const auto& [branch, word] : choice.options) {
            const double share = input.model.facts(input.stream).elements[branch].branch_share;
            shares += fmt::format("{}{} {}%", shares.empty() ? "" : ", ", word, percent_digits(share));
            options.add(line(word));
        }
        // of names alone: nothing is evaluated in a description
        inputs.add(line(choice.input),
                   WorkflowMap()
                       .add("description", line(fmt::format("Way to take at {}: {}", choice.input, shares)))
                       .add("type", "choice")
                       .add("options", options)
                       .add("default", line(choice.options[choice.usual].second)));
    }
    return inputs;
}

WorkflowMap job_base(const WorkflowText& name, std::size_t minutes) {
    return WorkflowMap().add("name", name).add("runs-on", "ubuntu-latest").add("timeout-minutes", minutes);
}

WorkflowMap step_of(const WorkflowText& name, const WorkflowMap& environment, const WorkflowText& script) {
    return WorkflowMap().add("name", name).add("env", environment).add_block("run", script);
}

WorkflowMap play_step(const WorkflowText& name, double days, const std::string& text) {
    const WorkflowMap environment = WorkflowMap().add("TEXT", line(text)).add("DAYS", line(format_number(days)));
    return step_of(name, environment, play_script);
}

WorkflowMap summary_step(const WorkflowText& name, const std::string& markdown) {
    return step_of(name, WorkflowMap().add_block("MARKDOWN", WorkflowSink::lines(markdown)), summary_script);
}

class Jobs {
public:
    Jobs(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
         Diagnostics& diagnostics)
        : input_(input), stream_(input.map()), metrics_(metrics), graph_(graph), diagnostics_(diagnostics) {}

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
    WorkflowMap start() const {
        const std::string trigger = cut(stream_.trigger.value, longest_title);
        WorkflowMap job = job_base(line(trigger.empty() ? "Start" : "Start: " + trigger), minutes_of_job);
        WorkflowList steps;
        steps.add(WorkflowMap().add("name", "Check the time scale").add_block("run", check_script));
        return job.add("steps",
                       steps.add(summary_step("Show the map in the summary", map_summary(input_, diagnostics_))));
    }

    WorkflowMap job_of(const Job& job) const {
        WorkflowMap made = job_base(line(name_of(job)), minutes_of_job + job.waits.size());
        made.add("needs", needs_of(job.needs));
        if (!job.conditions.empty() || job.after_skipped)
            made.add("if", WorkflowSink::condition(job.conditions, job.after_skipped));
        WorkflowList steps;
        for (const ElementId id : job.waits) steps.add(wait_step(id));
        if (job.step.valid()) {
            if (play_of(input_, job.step).wait > 0) steps.add(wait_before(job.step));
            steps.add(work_step(job.step));
        }
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

    /// `Review the change · 45min · wait 7h15min · C&A 85%`: the graph of a run shows nothing else.
    std::string name_of(const Job& job) const {
        if (!job.step.valid()) {
            std::string names;
            for (const ElementId id : job.waits)
                names += fmt::format("{}{}", names.empty() ? "" : ", ", wait_title(id));
            return cut(names, longest_title);
        }
        const ir::Element& element = stream_.elements[job.step];
        const ir::ElementFacts& facts = input_.model.facts(input_.stream).elements[job.step];
        const auto* step = std::get_if<ir::Step>(&element.what);
        std::string name = cut(called(element), longest_title);
        if (step->kind == ir::StepKind::approval) name += " · approval";
        if (facts.share < 1) name += fmt::format(" · {}% of items", percent_digits(facts.share));
        const Play play = play_of(input_, job.step);
        if (play.lead_alone) {
            name += " · lead " + duration(play.work);
        } else if (facts.timings.process.known) {
            name += " · " + duration(play.work);
        }
        if (play.wait > 0) name += " · wait " + duration(play.wait);
        if (const auto ca = metrics_.elements[job.step].ca) name += fmt::format(" · C&A {}%", percent_digits(*ca));
        return name;
    }

    /// `Wait 1d: Shared environment booked`.
    std::string wait_title(ElementId id) const {
        const ir::Element& element = stream_.elements[id];
        const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
        std::string title = time.known ? "Wait " + duration(time.microseconds) : "Wait, nobody knows how long";
        if (!element.title.value.empty() || !element.name.value.empty()) title += ": " + called(element);
        return title;
    }

    WorkflowMap wait_step(ElementId id) const {
        const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
        const double days = time.known ? days_of(time.microseconds, stream_.calendar) : 0;
        const std::string text = fmt::format("{}. {}", wait_title(id), joined(facts_of(input_, metrics_, id), "; "));
        return play_step(line(cut(wait_title(id), longest_title)), days, text);
    }

    WorkflowMap wait_before(ElementId id) const {
        const double wait = play_of(input_, id).wait;
        const std::string text = fmt::format("Wait {} before: {}", duration(wait), called(stream_.elements[id]));
        return play_step(line(cut(text, longest_title)), days_of(wait, stream_.calendar), text);
    }

    WorkflowMap work_step(ElementId id) const {
        const ir::Element& element = stream_.elements[id];
        const auto* step = std::get_if<ir::Step>(&element.what);
        const double days = days_of(play_of(input_, id).work, stream_.calendar);
        std::string title = called(element);
        if (step->kind == ir::StepKind::approval) {
            const std::string teams = teams_of(input_, step->teams);
            title = fmt::format("{} (approved by {})", title, teams.empty() ? "nobody the map names" : teams);
        }
        const std::string text = fmt::format("{}. {}", title, joined(facts_of(input_, metrics_, id), "; "));
        return play_step(line(cut(title, longest_title)), days, text);
    }

    std::string duration(double microseconds) const { return format_duration(microseconds, stream_.calendar); }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    const JobGraph& graph_;
    Diagnostics& diagnostics_;
};

}  // namespace

WorkflowMap workflow_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
                        Diagnostics& diagnostics) {
    const WorkflowMap dispatch = WorkflowMap().add("inputs", dispatch_inputs(input, graph));
    WorkflowMap workflow;
    workflow.add("name", WorkflowSink::unevaluated_line("Value stream: " + cut(called(input.map()), longest_title)));
    workflow.add("on", WorkflowMap().add("workflow_dispatch", dispatch));
    workflow.add("permissions", WorkflowMap());
    workflow.add("env", WorkflowMap().add("SECONDS_PER_DAY", "${{ inputs.seconds_per_day }}"));
    workflow.add("defaults", WorkflowMap().add("run", WorkflowMap().add("shell", "bash")));
    workflow.add("jobs", Jobs(input, metrics, graph, diagnostics).all());
    return workflow;
}

}  // namespace vsm::backends::github
