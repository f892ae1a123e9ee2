#include "backends/gitlab/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "backends/support/facts.h"
#include "base/check.h"

namespace vsm::backends::gitlab {
namespace {

using ir::ElementId;

constexpr double longest_play = 60;         ///< seconds
constexpr std::size_t longest_name = 110;   ///< UTF-16 units; GitLab allows 128 characters, including a number in front
constexpr std::size_t shortest_title = 20;  ///< the least that remains of a title in a name

/// Shortens the title if the name is too long, to keep the figures that follow it.
std::string name(const std::string& before, const std::string& title, const std::string& after) {
    const std::size_t used = utf16_units(before) + utf16_units(after);
    return before + cut(title, longest_name - std::min(used, longest_name - shortest_title)) + after;
}

std::string sentence(const std::string& title, const std::string& more) {
    return more.empty() ? title : fmt::format("{}. {}", title, more);
}

bool named(const ir::Element& element) { return !element.title.value.empty() || !element.name.value.empty(); }

}  // namespace

std::string Lines::name_of(const Job& job) const {
    switch (job.kind) {
        case Job::Kind::start:
            return stream_.trigger.value.empty() ? "Start" : name("Start · ", stream_.trigger.value, "");
        case Job::Kind::figures: return "Figures";
        case Job::Kind::wait: return name_of_wait(job.element);
        case Job::Kind::step: return name_of_step(job.element);
        case Job::Kind::rework: return name_of_rework(job);
    }
    return "";
}

std::string Lines::name_of_step(ElementId id) const {
    const ir::ElementFacts& facts = input_.model.facts(input_.stream).elements[id];
    std::string after;
    if (step_at(id)->kind == ir::StepKind::approval) after += " · approval";
    if (facts.share < 1) after += fmt::format(" · {}% of items", percent_digits(facts.share));
    after += times_in_name(step_at(id)->timings, facts.timings, true, stream_.calendar) +
             quality_in_name(step_at(id)->quality);
    return name("", called(stream_.elements[id]), after);
}

/// `Wait 1d · Shared environment booked`.
std::string Lines::name_of_wait(ElementId id) const {
    if (step_at(id) != nullptr)
        return name(fmt::format("Wait {} · ", wait_before(id)), called(stream_.elements[id]), "");
    const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
    const std::string wait =
        time.known ? "Wait " + short_wait(input_, metrics_, id) : fmt::format("Wait {}", unknown_text);
    return named(stream_.elements[id]) ? name(wait + " · ", called(stream_.elements[id]), "") : wait;
}

/// `Rework 15% · back to Review the change`.
std::string Lines::name_of_rework(const Job& job) const {
    const ir::Rework& rework = rework_of(job);
    const auto* target = std::get_if<ElementId>(&rework.to);
    const std::string before = fmt::format("Rework {}{} · ", format_exactly(rework.rate), rework.once ? ", once" : "");
    return target == nullptr ? name(before + "repair at ", called(stream_.elements[job.element]), "")
                             : name(before + "back to ", called(stream_.elements[*target]), "");
}

std::vector<Line> Lines::lines_of(const Job& job) const {
    switch (job.kind) {
        case Job::Kind::start: return background();
        case Job::Kind::figures: return figures();
        case Job::Kind::wait:
            if (step_at(job.element) != nullptr)
                return {{0,
                         {},
                         fmt::format("Wait {} before: {}", wait_before(job.element),
                                     called(stream_.elements[job.element]))}};
            return {{0, {}, sentence(wait_title(job.element), joined(facts_of(input_, metrics_, job.element), "; "))}};
        case Job::Kind::step:
            return {{seconds_of(play_of(input_, job.element).work),
                     {},
                     sentence(step_title(job.element), joined(facts_of(input_, metrics_, job.element), "; "))}};
        case Job::Kind::rework: return job.replays.empty() ? repair_of(job) : second_pass_of(job);
    }
    return {};
}

std::vector<Line> Lines::background() const {
    std::vector<Line> lines{{0, {}, called(stream_)}};
    for (const Fact& fact : background_of(input_))
        lines.push_back({0, {}, fmt::format("{}: {}", fact.label, fact.text)});
    return lines;
}

std::vector<Line> Lines::figures() const {
    std::vector<Line> lines{{0, {}, called(stream_)}};
    for (const Fact& fact : totals_of(input_, metrics_))
        lines.push_back({0, {}, fmt::format("{}: {}", fact.label, fact.text)});
    lines.push_back({0, {}, "working time, " + format_calendar(stream_.calendar)});
    return lines;
}

/// Prints a shorter text than the first pass. An element that runs alongside takes no time.
std::vector<Line> Lines::second_pass_of(const Job& job) const {
    std::vector<Line> lines;
    for (const Replay& replay : job.replays) {
        const ElementId id = replay.what.element;
        const std::string_view how = replay.what.alongside ? "At the same time" : "Again";
        const auto add = [&](const std::string& text, double microseconds) {
            const double seconds = replay.what.alongside ? 0 : seconds_of(microseconds);
            lines.push_back({seconds, replay.conditions, fmt::format("{}: {}", how, text)});
        };
        const ir::Step* step = step_at(id);
        if (step == nullptr) {
            const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
            add(wait_title(id), time.known ? time.microseconds : 0);
            continue;
        }
        const Play play = play_of(input_, id);
        if (play.wait > 0)
            add(fmt::format("Wait {} before: {}", wait_before(id), called(stream_.elements[id])), play.wait);
        add(sentence(step_title(id), times_text(step->timings, input_.model.facts(input_.stream).elements[id].timings)),
            play.work);
    }
    return lines;
}

std::vector<Line> Lines::repair_of(const Job& job) const {
    const auto* repair = std::get_if<ir::Repair>(&rework_of(job).to);
    VSM_CHECK(repair != nullptr);
    const ir::ResolvedTimings& times = input_.model.facts(input_.stream).elements[job.element].repairs[job.rework];
    const std::string title = "Repair at " + called(stream_.elements[job.element]);
    const std::string teams = teams_of(input_, repair->teams);
    const Play play = play_of(repair->timings, times);
    std::vector<Line> lines;
    if (play.wait > 0)
        lines.push_back({seconds_of(play.wait),
                         {},
                         fmt::format("Wait {} before: {}", short_time(times.wait, stream_.calendar), title)});
    const std::string text = times_text(repair->timings, times) + (teams.empty() ? "" : "; team: " + teams);
    lines.push_back({seconds_of(play.work), {}, sentence(title, text)});
    return lines;
}

std::string Lines::wait_before(ElementId step) const {
    return short_time(input_.model.facts(input_.stream).elements[step].timings.wait, stream_.calendar);
}

/// `Wait 1d: Shared environment booked`.
std::string Lines::wait_title(ElementId id) const {
    const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
    const std::string wait =
        time.known ? "Wait " + short_wait(input_, metrics_, id) : fmt::format("Wait {}", unknown_text);
    return named(stream_.elements[id]) ? wait + ": " + called(stream_.elements[id]) : wait;
}

std::string Lines::step_title(ElementId id) const {
    const std::string& title = called(stream_.elements[id]);
    if (step_at(id)->kind != ir::StepKind::approval) return title;
    const std::string teams = teams_of(input_, step_at(id)->teams);
    return teams.empty() ? title + " (the map does not say who approves)"
                         : fmt::format("{} (approved by {})", title, teams);
}

std::string Lines::times_text(const ir::Timings& written, const ir::ResolvedTimings& times) const {
    return joined(times_of(written, times, stream_.calendar), "; ");
}

std::size_t Lines::delay_of(const Job& job) const {
    if (job.kind != Job::Kind::wait) return 0;
    const double seconds = seconds_of(wait_of(job));
    return seconds > 0 ? static_cast<std::size_t>(std::max(1.0, std::round(seconds))) : 0;
}

double Lines::wait_of(const Job& job) const {
    if (step_at(job.element) != nullptr) return play_of(input_, job.element).wait;
    const runtime::TimeFigure& time = metrics_.elements[job.element].lead_time;
    return time.known ? time.microseconds : 0;
}

/// On the mock's clock, at most `longest_play`.
double Lines::seconds_of(double microseconds) const {
    const auto day = static_cast<double>(input_.options.time_scale.mock_per_working_day.microseconds);
    const double seconds = days_of(microseconds, stream_.calendar) * day / static_cast<double>(microseconds_per_second);
    return std::min(seconds, longest_play);
}

}  // namespace vsm::backends::gitlab
