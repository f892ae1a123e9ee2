#include "backends/mock/mock_texts.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/support/facts.h"
#include "base/check.h"

namespace vsm::backends::mock {
namespace {

using ir::ElementId;

constexpr std::size_t shortest_title = 20;  ///< the least that remains of a title in a name

/// Shortens the title if the name is too long, to keep the figures around it.
std::string fitted_name(const std::string& before, const std::string& title, const std::string& after) {
    const std::size_t used = utf16_units(before) + utf16_units(after);
    return before + cut(title, longest_name - std::min(used, longest_name - shortest_title)) + after;
}

std::string sentence(const std::string& title, const std::string& more) {
    return more.empty() ? title : fmt::format("{}. {}", title, more);
}

bool is_named(const ir::Element& element) { return !element.title.value.empty() || !element.name.value.empty(); }

/// The times of a step, unknown ones included: ` · 45min · wait 1h`, ` · lead 4d · process ? · wait ?`, ` · times ?`.
/// Without `with_wait`, a known wait is omitted.
std::string times_in_name(const ir::Timings& written, const ir::ResolvedTimings& times, bool with_wait,
                          const Calendar& calendar) {
    const auto& [process, wait, lead] = times;
    const bool asked = !process.known || !wait.known;
    const bool lead_alone = play_of(written, times).lead_alone;
    if (!process.known && !wait.known && !lead.known) return fmt::format(" · times {}", unknown_text);
    std::string text;
    if (lead_alone || (asked && lead.known)) text += " · lead " + short_time(lead, calendar);
    if (!process.known) text += fmt::format(" · process {}", unknown_text);
    if (process.known && !lead_alone) text += " · " + short_time(process, calendar);
    if (!wait.known) text += fmt::format(" · wait {}", unknown_text);
    if (wait.known && !lead_alone && with_wait && wait.spread.mean > 0) text += " · wait " + short_time(wait, calendar);
    return text;
}

/// ` · C&A 85%`, ` · C&A ?`; empty if the step states none or it does not apply.
std::string quality_in_name(const std::optional<ir::Quality>& quality) {
    if (!quality || quality->state == ir::Quality::State::not_applicable) return "";
    const bool known = quality->state == ir::Quality::State::known;
    return fmt::format(" · C&A {}", known ? short_quality(*quality) : std::string(unknown_text));
}

MockStep told(const std::string& line) { return {{}, false, line, line, 0, true, {}}; }

}  // namespace

std::string MockTexts::start_name() const {
    return stream_.trigger.value.empty() ? "Start" : fitted_name("Start · ", stream_.trigger.value, "");
}

std::string MockTexts::pause_name(ElementId id) const {
    const std::string wait = "Wait " + wait_text(id);
    const ir::Element& element = stream_.elements[id];
    return ir::is_step(element) || is_named(element) ? fitted_name(wait + " · ", called(element), "") : wait;
}

std::string MockTexts::work_name(ElementId id, bool with_wait) const {
    const ir::Step& step = step_at(id);
    const double share = input_.model.facts(input_.stream_id).elements[id].share;
    std::string after;
    if (step.kind == ir::StepKind::approval) after += " · approval";
    if (share < 1) after += fmt::format(" · {}% of items", percent_digits(share));
    after += times_in_name(step.timings, times_at(id), with_wait, stream_.calendar) + quality_in_name(step.quality);
    return fitted_name("", called(stream_.elements[id]), after);
}

std::string MockTexts::rework_name(ElementId finder, std::size_t rework) const {
    const ir::Rework& one = step_at(finder).reworks[rework];
    const auto* target = std::get_if<ElementId>(&one.to);
    return fitted_name(fmt::format("Rework {}{} · {} ", format_exactly(one.rate), one.once ? ", once" : "",
                                   target == nullptr ? "repair at" : "back to"),
                       called(stream_.elements[target == nullptr ? finder : *target]), "");
}

std::vector<MockStep> MockTexts::background() const {
    std::vector<MockStep> lines{told(called(stream_))};
    for (const Fact& fact : background_of(input_)) lines.push_back(told(fmt::format("{}: {}", fact.label, fact.text)));
    return lines;
}

std::vector<MockStep> MockTexts::figures() const {
    std::vector<MockStep> lines{told(called(stream_))};
    for (const Fact& fact : totals_of(input_, metrics_))
        lines.push_back(told(fmt::format("{}: {}", fact.label, fact.text)));
    lines.push_back(told("working time, " + format_calendar(stream_.calendar)));
    return lines;
}

MockStep MockTexts::pause(ElementId id) const {
    const ir::Element& element = stream_.elements[id];
    if (ir::is_step(element)) {
        const std::string title = fmt::format("Wait {} before: {}", wait_text(id), called(element));
        return {id, true, title, title, play_of(input_, id).wait, true, {}};
    }
    const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
    const std::string title = "Wait " + wait_text(id) + (is_named(element) ? ": " + called(element) : "");
    return {id,
            true,
            title,
            sentence(title, joined(facts_of(input_, metrics_, id), "; ")),
            time.known ? time.microseconds : 0,
            time.known,
            {}};
}

MockStep MockTexts::work(ElementId id) const {
    const Play play = play_of(input_, id);
    const std::string title = work_title(id);
    return {id, false, title, sentence(title, joined(facts_of(input_, metrics_, id), "; ")), play.work, play.known, {}};
}

std::vector<MockStep> MockTexts::again(const Repeated& repeated) const {
    const ElementId id = repeated.element;
    const auto* step = ir::step_of(stream_.elements[id]);
    std::vector<MockStep> steps;
    if (step == nullptr || play_of(input_, id).wait > 0) steps.push_back(pause(id));
    for (MockStep& one : steps) one.text = one.title;
    if (step != nullptr) {
        steps.push_back(work(id));
        steps.back().text = sentence(steps.back().title, times_text(step->timings, times_at(id)));
    }
    const std::string_view how = repeated.alongside ? "At the same time" : "Again";
    for (MockStep& one : steps) {
        one.title = fmt::format("{}: {}", how, one.title);
        one.text = fmt::format("{}: {}", how, one.text);
        if (repeated.alongside) one.microseconds = 0;
    }
    return steps;
}

std::vector<MockStep> MockTexts::repair(ElementId finder, std::size_t rework) const {
    const auto* repair = std::get_if<ir::Repair>(&step_at(finder).reworks[rework].to);
    VSM_CHECK(repair != nullptr);
    const ir::ResolvedTimings& times = input_.model.facts(input_.stream_id).elements[finder].repairs[rework];
    const std::string title = "Repair at " + called(stream_.elements[finder]);
    const std::string teams = teams_of(input_, repair->teams);
    const Play play = play_of(repair->timings, times);
    std::vector<MockStep> steps;
    if (play.wait > 0) {
        const std::string wait = fmt::format("Wait {} before: {}", short_time(times.wait, stream_.calendar), title);
        steps.push_back({finder, true, wait, wait, play.wait, true, {}});
    }
    const std::string more = times_text(repair->timings, times) + (teams.empty() ? "" : "; team: " + teams);
    steps.push_back({finder, false, title, sentence(title, more), play.work, play.known, {}});
    return steps;
}

/// The length of a pause in words: `1d`, `~3h`, `?`.
std::string MockTexts::wait_text(ElementId id) const {
    if (ir::is_step(stream_.elements[id])) return short_time(times_at(id).wait, stream_.calendar);
    const bool known = metrics_.elements[id].lead_time.known;
    return known ? short_wait(input_, metrics_, id) : std::string(unknown_text);
}

std::string MockTexts::work_title(ElementId id) const {
    const std::string& title = called(stream_.elements[id]);
    if (step_at(id).kind != ir::StepKind::approval) return title;
    const std::string teams = teams_of(input_, step_at(id).teams);
    return teams.empty() ? title + " (the map does not say who approves)"
                         : fmt::format("{} (approved by {})", title, teams);
}

std::string MockTexts::times_text(const ir::Timings& written, const ir::ResolvedTimings& times) const {
    return joined(times_of(written, times, stream_.calendar), "; ");
}

const ir::ResolvedTimings& MockTexts::times_at(ElementId id) const {
    return input_.model.facts(input_.stream_id).elements[id].timings;
}

const ir::Step& MockTexts::step_at(ElementId id) const {
    const auto* step = ir::step_of(stream_.elements[id]);
    VSM_CHECK(step != nullptr);
    return *step;
}

std::string totals_line(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    return fmt::format("{}; working time, {}", joined(totals_of(input, metrics), ", "),
                       format_calendar(input.stream().calendar));
}

}  // namespace vsm::backends::mock
