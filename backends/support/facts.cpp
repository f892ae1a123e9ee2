#include "backends/support/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/support/property_facts.h"
#include "base/check.h"
#include "base/quotient.h"
#include "base/text.h"
#include "runtime/figures/load.h"
#include "runtime/words/figure_words.h"

namespace vsm::backends {
namespace {

class FactList {
public:
    void add(std::string_view label, std::string text) {
        if (!text.empty()) facts_.push_back({std::string(label), std::move(text)});
    }
    std::vector<Fact> take() { return std::move(facts_); }

private:
    std::vector<Fact> facts_;
};

/// The map's mark for a guess.
std::string_view mark_of(bool guess) { return guess ? "~" : ""; }

void add_in_order(FactList& facts, std::vector<PlacedFact> placed) {
    std::ranges::stable_sort(placed, {}, &PlacedFact::place);
    for (PlacedFact& one : placed) facts.add(one.fact.label, std::move(one.fact.text));
}

constexpr int place_of(properties::Id id) { return properties::row_of(id).shown; }

void add_remarks(FactList& facts, const ir::Remarks& remarks) {
    for (const ir::Note& note : remarks.notes) facts.add("note", note.text);
    for (const ir::Kaizen& kaizen : remarks.kaizens) facts.add("kaizen", kaizen.title.value);
}

void add_extras(FactList& facts, const std::vector<ir::Extra>& extras) {
    for (const ir::Extra& extra : extras) facts.add(extra.name.value, list_text(extra.values));
}

/// Times and teams of a repair, ` (process time 2h, wait before 4d, team fixers)`; empty if the rework goes back to an
/// element.
std::string repair_text(const BackendInput& input, const ir::Rework& rework, const ir::ResolvedTimings& times) {
    const auto* repair = std::get_if<ir::Repair>(&rework.to);
    if (repair == nullptr) return "";
    std::vector<std::string> parts;
    for (const Fact& fact : times_of(repair->timings, times, input.stream().calendar))
        parts.push_back(fmt::format("{} {}", fact.label, fact.text));
    for (const PlacedFact& one : placed_facts(input, *repair))
        if (!one.fact.text.empty()) parts.push_back(fmt::format("{} {}", one.fact.label, one.fact.text));
    return fmt::format(" ({})", list_text(parts));
}

void add_step(FactList& facts, const BackendInput& input, const ir::Step& step, ir::ElementId id) {
    const ir::ElementFacts& known = input.model.facts(input.stream_id).elements[id];
    for (Fact& fact : times_of(step.timings, known.timings, input.stream().calendar))
        facts.add(fact.label, std::move(fact.text));
    std::vector<PlacedFact> placed = placed_facts(input, step);
    for (std::size_t i = 0; i < step.reworks.size(); ++i)
        placed.push_back(
            {place_of(properties::Id::Step_kind),
             {"rework", rework_text(input, step.reworks[i]) + repair_text(input, step.reworks[i], known.repairs[i])}});
    add_in_order(facts, std::move(placed));
}

/// `at most 70.0%, 1 of 9 steps say`; empty if no step states a %C&A.
std::string rolled_text(const runtime::StreamMetrics& metrics) {
    const std::string text = runtime::quality_text(metrics), says = runtime::who_says(metrics);
    return says.empty() ? text : fmt::format("{}, {}", text, says);
}

bool any_rework(const ir::Stream& stream) {
    return std::any_of(stream.elements.begin(), stream.elements.end(), [](const ir::Element& element) {
        const auto* step = ir::step_of(element);
        return step != nullptr && !step->reworks.empty();
    });
}

std::string target_text(const ir::Target& target) {
    std::string text = target.metric.text;
    if (target.baseline) text += " from " + target.baseline->text + " to";
    text += fmt::format(" {} {}", text_of(target.relation), target.bound.text);
    if (target.by) text += " by " + format_date(*target.by);
    return text;
}

}  // namespace

const std::string& called(const ir::Element& element) {
    return element.title.value.empty() ? element.label : element.title.value;
}

const std::string& called(const ir::Stream& stream) {
    return stream.title.value.empty() ? stream.name.value : stream.title.value;
}

std::string teams_of(const BackendInput& input, const std::vector<ir::TeamId>& teams) {
    std::vector<std::string> names;
    for (const ir::TeamId id : teams) {
        const ir::Team& team = input.model.model().teams[id];
        names.push_back(team.title.value.empty() ? team.name.value : team.title.value);
    }
    return list_text(names);
}

std::string rework_text(const BackendInput& input, const ir::Rework& rework) {
    const std::string rate = format_exactly(rework.rate) + (rework.once ? ", at most once," : "");
    const auto* target = std::get_if<ir::ElementId>(&rework.to);
    if (target == nullptr) return rate + " is repaired on the spot";
    return fmt::format("{} goes back to {}", rate, called(input.stream().elements[*target]));
}

std::string time_text(const ir::ResolvedTime& time, const Calendar& calendar) {
    const auto text = [&](double microseconds) { return format_duration(microseconds, calendar); };
    const std::string mean = short_time(time, calendar);
    if (!time.known && time.spread.mean <= 0) return std::string(unknown_text);
    if (!time.known)
        return fmt::format("at least {}{}", mark_of(time.guess),
                           format_duration(time.spread.mean, calendar, Rounding::down));
    // A wait derived from a process time within a fixed lead time is shortest where the process time is longest.
    const auto [least, most] = std::minmax(time.spread.low, time.spread.high);
    if (text(least) == text(most)) return mean;
    return fmt::format("{} ({}{} to {})", mean, time.no_bounds ? "mostly " : "", text(least), text(most));
}

std::string short_time(const ir::ResolvedTime& time, const Calendar& calendar) {
    return fmt::format("{}{}", mark_of(time.guess), format_duration(time.spread.mean, calendar));
}

std::string short_wait(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id) {
    if (std::holds_alternative<ir::Wait>(input.stream().elements[id].what))
        return short_time(input.model.facts(input.stream_id).elements[id].timings.wait, input.stream().calendar);
    return format_duration(metrics.elements[id].lead_time.microseconds, input.stream().calendar);
}

std::string quality_text(const ir::Quality& quality) {
    switch (quality.state) {
        case ir::Quality::State::unknown: return std::string(unknown_text);
        case ir::Quality::State::not_applicable: return "does not apply";
        case ir::Quality::State::known: break;
    }
    if (quality.low == quality.high) return fmt::format("{}{}", mark_of(quality.guess), format_exactly(quality.low));
    return fmt::format("{} ({} to {})", short_quality(quality), format_exactly(quality.low),
                       format_exactly(quality.high));
}

std::string short_quality(const ir::Quality& quality) {
    return fmt::format("{}{}%", mark_of(quality.guess), percent_digits(quality.mean()));
}

std::vector<Fact> facts_of(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id) {
    const ir::Element& element = input.stream().elements[id];
    const ir::ElementFacts& known = input.model.facts(input.stream_id).elements[id];
    const Calendar& calendar = input.stream().calendar;
    FactList facts;
    if (const auto* step = ir::step_of(element)) {
        add_step(facts, input, *step, id);
    } else if (const auto* queue = std::get_if<ir::Queue>(&element.what)) {
        facts.add("queue", fmt::format("{} items", format_number(queue->items.value())));
        facts.add("wait", at_least(metrics.elements[id].lead_time, calendar));
    } else if (std::holds_alternative<ir::Wait>(element.what)) {
        facts.add("wait", time_text(known.timings.wait, calendar));
    }
    if (known.share < 1) facts.add("share of the items", percent_digits(known.share) + "%");
    add_in_order(facts, placed_facts(input, element));
    add_extras(facts, element.extras);
    add_remarks(facts, element.remarks);
    return facts.take();
}

std::vector<Fact> totals_of(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    const Calendar& calendar = input.stream().calendar;
    FactList facts;
    facts.add(any_rework(input.stream()) ? "lead time without rework" : "lead time",
              at_least(metrics.mean.lead_time, calendar));
    facts.add("process time", at_least(metrics.mean.process_time, calendar));
    facts.add("activity ratio", runtime::activity_text(metrics));
    facts.add("rolled %C&A", rolled_text(metrics));
    return facts.take();
}

std::vector<Fact> background_of(const BackendInput& input) {
    const ir::Stream& stream = input.stream();
    FactList facts;
    std::vector<PlacedFact> placed = placed_facts(input, stream);
    constexpr int after_demand = place_of(properties::Id::Stream_demand);
    if (stream.future) placed.push_back({after_demand, {"future of", called(input.model.stream(stream.future->of))}});
    if (stream.future && stream.future->by) placed.push_back({after_demand, {"by", format_date(*stream.future->by)}});
    add_in_order(facts, std::move(placed));
    for (const ir::Target& target : stream.targets) facts.add("target", target_text(target));
    add_extras(facts, stream.extras);
    add_remarks(facts, stream.remarks);
    return facts.take();
}

std::vector<Fact> times_of(const ir::Timings& written, const ir::ResolvedTimings& times, const Calendar& calendar) {
    const auto fact = [&](properties::Id id, const ir::ResolvedTime& time) {
        return Fact{std::string(properties::row_of(id).label), time_text(time, calendar)};
    };
    const Fact lead = fact(properties::Id::Timings_lead, times.lead);
    const bool asked = !times.process.known || !times.wait.known;
    if (play_of(written, times).lead_alone && !asked) return {lead};
    std::vector<Fact> facts{fact(properties::Id::Timings_process, times.process),
                            fact(properties::Id::Timings_wait, times.wait)};
    if (asked && times.lead.known) facts.push_back(lead);
    return facts;
}

std::optional<double> part_of_lead_time(const runtime::StreamMetrics& metrics, ir::ElementId id) {
    return share_of(metrics.elements[id].share_of_lead_time, metrics.expected.lead_time.microseconds);
}

namespace {

bool holds_up(const runtime::StreamMetrics& metrics, ir::ElementId id) {
    const std::vector<ir::ElementId> all = runtime::held_up_by(metrics);
    return std::find(all.begin(), all.end(), id) != all.end();
}

}  // namespace

bool is_constraint(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id) {
    return holds_up(metrics, id) || runtime::is_busiest(input.stream(), metrics, id);
}

std::string constraint_text(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id) {
    if (!is_constraint(input, metrics, id)) return "";
    const runtime::ElementMetrics& one = metrics.elements[id];
    std::string text;
    const auto share = part_of_lead_time(metrics, id);
    if (holds_up(metrics, id) && share)
        text = fmt::format("{}% of the {}lead time{}", percent_digits(*share),
                           metrics.expected.lead_time.known ? "" : "known ",
                           any_rework(input.stream()) ? " with rework" : "");
    if (runtime::is_busiest(input.stream(), metrics, id) && one.utilization)
        text += fmt::format("{}{}, {}% utilized", text.empty() ? "" : ", ", busiest_words(metrics, "busiest"),
                            percent_digits(*one.utilization));
    return text;
}

std::optional<Fact> busiest_team(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    const std::vector<ir::TeamId> teams = runtime::busiest_teams(metrics);
    if (teams.empty()) return std::nullopt;
    return Fact{busiest_words(metrics, teams.size() == 1 ? "busiest team" : "busiest teams"),
                fmt::format("{}, {}% utilized", teams_of(input, teams),
                            percent_digits(*runtime::highest_utilization(metrics)))};
}

std::string busiest_words(const runtime::StreamMetrics& metrics, std::string_view words) {
    return fmt::format("{}{}", words, metrics.load.open.empty() ? "" : " of those known");
}

std::string joined(const std::vector<Fact>& facts, std::string_view separator) {
    std::string text;
    for (const Fact& fact : facts) {
        if (!text.empty()) text += separator;
        text += fmt::format("{}: {}", fact.label, fact.text);
    }
    return text;
}

std::string at_least(const runtime::TimeFigure& figure, const Calendar& calendar) {
    return runtime::time_text(figure, calendar);
}

Play play_of(const BackendInput& input, ir::ElementId id) {
    const auto* step = ir::step_of(input.stream().elements[id]);
    VSM_CHECK(step != nullptr);
    return play_of(step->timings, input.model.facts(input.stream_id).elements[id].timings);
}

Play play_of(const ir::Timings& written, const ir::ResolvedTimings& times) {
    const auto given = [](const std::optional<ir::Time>& time) { return time && time->value; };
    if (times.lead.known && !given(written.process) && !given(written.wait))
        return {0, times.lead.spread.mean, true, true};
    Play play;
    if (times.wait.known) play.wait = times.wait.spread.mean;
    if (times.process.known) play.work = times.process.spread.mean;
    play.known = times.wait.known && times.process.known;
    return play;
}

std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

std::string cut(std::string_view text, std::size_t units) {
    VSM_CHECK(units >= 1);
    if (utf16_units(text) <= units) return std::string(text);
    std::size_t at = 0;
    for (std::size_t used = 1;;) {
        const auto found = decode_utf8(text, at);
        const std::uint32_t length = found ? found->length : 1;
        used += length == 4 ? 2 : 1;
        if (used > units) break;
        at += length;
    }
    return std::string(text.substr(0, at)) + "…";
}

}  // namespace vsm::backends
