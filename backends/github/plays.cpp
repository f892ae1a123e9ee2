#include "backends/github/plays.h"

#include <fmt/format.h>

#include "backends/github/github_scripts.h"
#include "backends/support/facts.h"
#include "base/check.h"

namespace vsm::backends::github {
namespace {

using ir::ElementId;

WorkflowText line(std::string_view text) { return WorkflowSink::line(text); }

std::string sentence(const std::string& title, const std::string& more) {
    return more.empty() ? title : fmt::format("{}. {}", title, more);
}

}  // namespace

std::vector<InputIs> asked(const BackendInput& input, const std::vector<Condition>& conditions) {
    std::vector<InputIs> inputs;
    for (const Condition& condition : conditions)
        inputs.push_back({condition.input, condition.word, input.options.events.empty() ? "" : condition.usual});
    return inputs;
}

std::string Plays::name_of(const Job& job) const {
    if (job.rework) return name_of_rework(job);
    if (job.step.valid()) return name_of_step(job);
    std::string names;
    for (const ElementId id : job.waits) names += (names.empty() ? "" : ", ") + wait_title(id);
    if (job.waits_for.valid()) names += (names.empty() ? "" : ", ") + title_of_wait_before(job.waits_for);
    return cut(names, longest_title);
}

std::string Plays::name_of_step(const Job& job) const {
    const ElementId id = job.step;
    const ir::ElementFacts& facts = input_.model.facts(input_.stream).elements[id];
    std::string name = cut(called(stream_.elements[id]), longest_title);
    if (step_at(id).kind == ir::StepKind::approval) name += " · approval";
    if (facts.share < 1) name += fmt::format(" · {}% of items", percent_digits(facts.share));
    name += times_in_name(step_at(id).timings, facts.timings, job.waited, stream_.calendar) +
            quality_in_name(step_at(id).quality);
    return name;
}

/// `Rework 15%: back to Review the change`.
std::string Plays::name_of_rework(const Job& job) const {
    const ir::Rework& rework = rework_of(job);
    const auto* target = std::get_if<ElementId>(&rework.to);
    const std::string way = target == nullptr ? "repair at " + called(stream_.elements[job.step])
                                              : "back to " + called(stream_.elements[*target]);
    return cut(fmt::format("Rework {}{}: {}", format_exactly(rework.rate), rework.once ? ", once" : "", way),
               longest_title);
}

WorkflowList Plays::steps_of(const Job& job) const {
    WorkflowList steps;
    const auto add = [&](const Moment& moment) {
        steps.add(play({}, moment.title, sentence(moment.title, moment.all), moment.microseconds));
    };
    if (!job.rework) {
        for (const ElementId id : job.waits)
            for (const Moment& moment : moments_of(id)) add(moment);
        if (job.waits_for.valid()) add(wait_before(job.waits_for));
        if (job.waited) {
            add(work(job.step, step_at(job.step)));
        } else if (job.step.valid()) {
            for (const Moment& moment : moments_of(job.step)) add(moment);
        }
    } else if (job.rework->replays.empty()) {
        for (const Moment& moment : moments_of_repair(job)) add(moment);
    } else {
        for (const Replay& replay : job.rework->replays) add_again(steps, replay);
    }
    return steps;
}

/// The steps for an element: a wait or queue, or a step after its own wait.
std::vector<Moment> Plays::moments_of(ElementId id) const {
    const auto* step = ir::step_of(stream_.elements[id]);
    if (step == nullptr) return {wait(id)};
    std::vector<Moment> moments;
    if (play_of(input_, id).wait > 0) moments.push_back(wait_before(id));
    moments.push_back(work(id, *step));
    return moments;
}

Moment Plays::wait_before(ElementId step) const {
    return {title_of_wait_before(step), "", "", play_of(input_, step).wait};
}

std::string Plays::title_of_wait_before(ElementId step) const {
    const ir::ResolvedTime& wait = input_.model.facts(input_.stream).elements[step].timings.wait;
    return fmt::format("Wait {} before: {}", short_time(wait, stream_.calendar), called(stream_.elements[step]));
}

Moment Plays::wait(ElementId id) const {
    const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
    return {wait_title(id), "", joined(facts_of(input_, metrics_, id), "; "), time.known ? time.microseconds : 0};
}

/// `Wait 1d: Shared environment booked`.
std::string Plays::wait_title(ElementId id) const {
    const ir::Element& element = stream_.elements[id];
    const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
    std::string title = time.known ? "Wait " + short_wait(input_, metrics_, id) : fmt::format("Wait {}", unknown_text);
    if (!element.title.value.empty() || !element.name.value.empty()) title += ": " + called(element);
    return title;
}

Moment Plays::work(ElementId id, const ir::Step& step) const {
    std::string title = called(stream_.elements[id]);
    if (step.kind == ir::StepKind::approval) {
        const std::string teams = teams_of(input_, step.teams);
        title += teams.empty() ? " (the map does not say who approves)" : fmt::format(" (approved by {})", teams);
    }
    return {title, times_text(step.timings, input_.model.facts(input_.stream).elements[id].timings),
            joined(facts_of(input_, metrics_, id), "; "), play_of(input_, id).work};
}

std::vector<Moment> Plays::moments_of_repair(const Job& job) const {
    const auto* repair = std::get_if<ir::Repair>(&rework_of(job).to);
    VSM_CHECK(repair != nullptr);
    const ir::ResolvedTimings& times = input_.model.facts(input_.stream).elements[job.step].repairs[job.rework->index];
    const std::string title = "Repair at " + called(stream_.elements[job.step]);
    const std::string teams = teams_of(input_, repair->teams);
    const std::string text =
        times_text(repair->timings, times) + (teams.empty() ? "" : fmt::format("; team: {}", teams));
    const Play play = play_of(repair->timings, times);
    std::vector<Moment> moments;
    if (play.wait > 0)
        moments.push_back(
            {fmt::format("Wait {} before: {}", short_time(times.wait, stream_.calendar), title), "", "", play.wait});
    moments.push_back({title, "", text, play.work});
    return moments;
}

/// Adds a shorter text than in the first pass. An element that runs alongside takes no time.
void Plays::add_again(WorkflowList& steps, const Replay& replay) const {
    const std::string_view how = replay.what.alongside ? "At the same time" : "Again";
    for (const Moment& moment : moments_of(replay.what.element)) {
        const std::string title = fmt::format("{}: {}", how, moment.title);
        WorkflowMap step;
        if (!replay.conditions.empty())
            step.add("if", WorkflowSink::condition(asked(input_, replay.conditions), false));
        const double time = replay.what.alongside ? 0 : moment.microseconds;
        steps.add(play(std::move(step), title, sentence(title, moment.times), time));
    }
}

WorkflowMap Plays::play(WorkflowMap step, const std::string& title, const std::string& text,
                        double microseconds) const {
    const double days = days_of(microseconds, stream_.calendar);
    const WorkflowMap environment = WorkflowMap().add("TEXT", line(text)).add("DAYS", line(format_number(days)));
    return step.add("name", line(cut(title, longest_title))).add("env", environment).add_block("run", play_script);
}

std::string Plays::times_text(const ir::Timings& written, const ir::ResolvedTimings& times) const {
    return joined(times_of(written, times, stream_.calendar), "; ");
}

const ir::Step& Plays::step_at(ElementId id) const {
    const auto* step = ir::step_of(stream_.elements[id]);
    VSM_CHECK(step != nullptr);
    return *step;
}

const ir::Rework& Plays::rework_of(const Job& job) const { return step_at(job.step).reworks[job.rework->index]; }

}  // namespace vsm::backends::github
