#include "runtime/reports/metrics/report_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/quotient.h"
#include "base/text.h"
#include "base/writers/markdown.h"
#include "runtime/figures/significance.h"
#include "runtime/rework/rework.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::Metric;

/// The label, followed by the title that tables show.
std::string full_label_of(const Reported& reported, ElementId id) {
    const ir::Element& element = reported.stream().elements[id];
    const bool both = reported.medium != Medium::picture && !element.name.value.empty() &&
                      !element.title.value.empty() && lower_case(element.title.value) != lower_case(element.name.value);
    return label_of(reported, id) + (both ? fmt::format(" ({})", reported.plain(element.title.value)) : "");
}

/// How an element's share of the lead time results from its own time and its visits. Empty for one visit, or if the
/// product differs because the step is not always on the longest path.
std::string how_often(const Reported& reported, ElementId id) {
    const auto same = [](double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(a, b); };
    const ElementMetrics& element = reported.metrics.elements[id];
    const double visits = element.visits.value_or(1), time = element.lead_time.microseconds;
    const bool queue = std::holds_alternative<ir::Queue>(
        reported.stream().elements[id].what);  // its time per item is independent of visits
    if (same(visits, 1) || !same(queue ? time : visits * time, element.share_of_lead_time)) return "";
    const std::string each = format_duration(element.share_of_lead_time / visits, reported.stream().calendar);
    if (same(visits, reported.file.model->facts(reported.metrics.stream).elements[id].share))
        return fmt::format(" ({} for the {} that come there)", each, format_percent(visits));
    return fmt::format(" ({} each time, {} times on average)", each, short_number(visits));
}

/// `8d4h`, or `the known 8d4h`: the whole that shares of the expected lead time refer to.
std::string known_lead_time(const Reported& reported) {
    const TimeFigure& lead = reported.metrics.expected.lead_time;
    return (lead.known ? "" : "the known ") + format_duration(lead.microseconds, reported.stream().calendar);
}

/// `; 1 of 9 steps unknown`: a remark on a ranking that excludes these.
std::string of_the_unknown(const Reported& reported) {
    const std::string count = unknown_count(reported.stream(), reported.metrics, Metric::expected_lead_time);
    return count.empty() ? "" : fmt::format("; {} unknown", count);
}

/// `5d of 8d4h, 58.5%`; for several elements `4d each of 8d4h, 47.1% each`.
std::string part_of_lead_time(const Reported& reported, const std::vector<ElementId>& longest) {
    const StreamMetrics& metrics = reported.metrics;
    const double whole = metrics.expected.lead_time.microseconds;
    const double part = metrics.elements[longest.front()].share_of_lead_time;
    const Calendar& calendar = reported.stream().calendar;
    const std::string_view each = longest.size() > 1 ? " each" : "";
    const std::string share = format_percent(share_of(part, whole).value_or(0));
    return fmt::format("{}{} of {}, {}{}", format_duration(part, calendar), each, known_lead_time(reported), share,
                       each);
}

/// `a`; `a and b`; `a, b and 5 others`. `names` is not empty.
std::string all_of(const std::vector<std::string>& names, std::size_t most) {
    if (names.size() == 1) return names.front();
    const std::size_t shown = names.size() <= most ? names.size() - 1 : most - 1;
    const std::string first =
        fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    return names.size() <= most ? fmt::format("{} and {}", first, names.back())
                                : fmt::format("{} and {} others", first, names.size() - shown);
}

/// The elements that hold the stream up, with their time; or that none stands out.
std::string longest_sentence(const Reported& reported) {
    const StreamMetrics& metrics = reported.metrics;
    const bool known = metrics.expected.lead_time.known, one = metrics.longest.size() == 1,
               holds_up = !held_up_by(metrics).empty();
    const ElementId first = metrics.longest.front();
    std::string part = part_of_lead_time(reported, metrics.longest);
    if (one) part += how_often(reported, first);
    part += of_the_unknown(reported);
    if (one && holds_up)
        return fmt::format("{} {}: {}", known ? "most of the time goes to" : "the longest for certain is",
                           full_label_of(reported, first), part);
    constexpr std::size_t most_named = 4;
    std::vector<std::string> names;
    for (const ElementId id : metrics.longest) names.push_back(label_of(reported, id));
    if (holds_up)
        return fmt::format("{} {}: {}", known ? "most of the time goes to" : "the longest for certain are",
                           all_of(names, most_named), part);
    const std::string_view none = known ? "no single step holds it up" : "no single step is known to hold it up";
    return fmt::format("{}: {} take{} the longest, {}", none, all_of(names, most_named - 1), one ? "s" : "", part);
}

std::string team_name(const Reported& reported, ir::TeamId id) {
    const ir::Team& team = reported.model().teams[id];
    const bool titled = reported.medium == Medium::picture && !team.title.value.empty();
    return reported.name(titled ? team.title.value : team.name.value);
}

constexpr std::size_t most_loads_named = 8;

/// A team, or a step with people of its own, with its utilization.
struct Loaded {
    std::string name;
    double utilization = 0;
};

/// Teams and steps with people of their own, by descending utilization.
std::vector<Loaded> loads_of(const Reported& reported) {
    std::vector<Loaded> all;
    const ir::Stream& stream = reported.stream();
    for (const TeamLoad& one : reported.metrics.load.teams)
        all.push_back({team_name(reported, one.team), one.utilization});
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ElementId id = stream.elements.id_at(i);
        const auto* step = ir::step_of(stream.elements[id]);
        const auto& utilization = reported.metrics.elements[id].utilization;
        if (step != nullptr && step->people && utilization) all.push_back({label_of(reported, id), *utilization});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Loaded& a, const Loaded& b) { return a.utilization > b.utilization; });
    return all;
}

/// Names the busiest of `all` (all within 0.01 points together), then the others.
void add_known_loads(const std::vector<Loaded>& all, bool open, std::vector<std::string>& sentences) {
    const double highest = all.front().utilization;
    std::vector<std::string> busiest, others;
    for (const Loaded& one : all) {
        if (!is_change(Metric::element_utilization, one.utilization, highest))
            busiest.push_back(one.name);
        else if (others.size() < most_loads_named)
            others.push_back(fmt::format("{} {}", one.name, format_percent(one.utilization)));
    }
    const bool one = busiest.size() == 1;
    sentences.push_back(fmt::format(
        "the busiest {}{} {}: {} work takes {} of the time {}{}", open ? "of those known " : "", one ? "is" : "are",
        all_of(busiest, most_loads_named), one ? "its" : "their", format_percent(highest), one ? "it has" : "they have",
        highest > 1 + 1e-9 ? ", so not all of the demand gets through" : ""));
    const std::size_t left = all.size() - busiest.size() - others.size();
    if (left > 0) others.push_back(fmt::format("{} more", left));
    if (!others.empty()) sentences.push_back(fmt::format("the others: {}", fmt::join(others, ", ")));
}

/// Names the busiest and the others, then those of unknown work, with what is known of it.
void add_loads(const Reported& reported, std::vector<std::string>& sentences) {
    const std::vector<Loaded> all = loads_of(reported);
    const auto& open = reported.metrics.load.open;
    if (!all.empty() && all.front().utilization > 0) add_known_loads(all, !open.empty(), sentences);
    if (open.empty()) return;
    std::vector<std::string> names;
    for (const OpenLoad& one : open) {
        const auto* team = std::get_if<ir::TeamId>(&one.of);
        names.push_back(team != nullptr ? team_name(reported, *team) : label_of(reported, std::get<ElementId>(one.of)));
        if (one.at_least > 0)
            names.back() += fmt::format(" (at least {})", format_percent(one.at_least, Rounding::down));
    }
    sentences.push_back(fmt::format("how much work {} {} is not known", all_of(names, most_loads_named),
                                    names.size() == 1 ? "has" : "have"));
}

/// The rolled %C&A, or its upper bound.
double rolled_now(const StreamMetrics& metrics) {
    const QualityFigure& rolled = metrics.mean.rolled_ca;
    return rolled.value ? *rolled.value : rolled.at_most.value_or(0);
}

}  // namespace

std::string label_of(const Reported& reported, ElementId id) {
    const ir::Element& element = reported.stream().elements[id];
    const bool titled =
        (reported.medium == Medium::picture || element.name.value.empty()) && !element.title.value.empty();
    return reported.name(titled ? element.title.value : element.label);
}

std::string Reported::plain(std::string_view text) const {
    switch (medium) {
        case Medium::terminal: return one_line(text);
        case Medium::markdown: return markdown_text(text);
        case Medium::picture: return std::string(text);  // the picture's writer escapes
    }
    return "";
}

std::string Reported::cell(std::string_view text) const {
    return medium == Medium::terminal ? one_line(text) : std::string(text);
}

std::string Reported::name(std::string_view text) const {
    switch (medium) {
        case Medium::terminal: return "`" + one_line(text) + "`";
        case Medium::markdown: return "<code>" + markdown_text(text) + "</code>";
        case Medium::picture: return plain(text);
    }
    return "";
}

std::vector<std::string> rework_effects(const ir::Stream& stream, const StreamMetrics& metrics, Metric drawn) {
    const auto both = [&](const TimeFigure& as_drawn, const TimeFigure& expected) -> std::string {
        if (!as_drawn.known || !expected.known || as_drawn.microseconds <= 0) return "";
        if (!is_change(drawn, as_drawn.microseconds, expected.microseconds)) return "";
        const bool moved = moves_longest_way(stream, metrics);
        if (expected.microseconds < as_drawn.microseconds) return moved ? "less, on another path" : "less";
        const double more = 100 * (expected.microseconds / as_drawn.microseconds - 1);
        return fmt::format("{:.{}f}% more{}", more,
                           more < 0.05 ? 2
                           : more < 10 ? 1
                                       : 0,
                           moved ? ", on another path" : "");
    };
    const std::string text = drawn == Metric::lead_time ? both(metrics.mean.lead_time, metrics.expected.lead_time)
                             : drawn == Metric::process_time
                                 ? both(metrics.mean.process_time, metrics.expected.process_time)
                                 : both(metrics.mean.total_process_time, metrics.expected.total_process_time);
    std::vector<std::string> effects;
    if (!text.empty()) effects.push_back(text);
    if (metrics.expected.approximate) effects.emplace_back("approximate");
    return effects;
}

Section constraints_section(const Reported& reported) {
    const StreamMetrics& metrics = reported.metrics;
    Section section{"constraints", {}, {}, {}};
    if (!metrics.longest.empty()) section.sentences.push_back(longest_sentence(reported));
    add_loads(reported, section.sentences);
    return section;
}

std::string sentence_of(const Lever& lever, const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    const StreamMetrics& metrics = reported.metrics;
    const std::string name = label_of(reported, lever.element);
    const std::string of = known_lead_time(reported);
    const std::string saved =
        (lever.saves_more ? "at least " : "") + format_duration(std::max(0.0, lever.saved), stream.calendar,
                                                                lever.saves_more ? Rounding::down : Rounding::nearest);
    const bool is_bound = !metrics.mean.rolled_ca.value;
    const Rounding rounding = is_bound ? Rounding::up : Rounding::nearest;
    std::string text;
    switch (lever.change) {
        case Change::wait_halved:
            text = ir::is_step(stream.elements[lever.element])
                       ? fmt::format("halving the wait of {} takes {} off {}", name, saved, of)
                       : fmt::format("halving {} takes {} off {}", name, saved, of);
            break;
        case Change::rework_gone:
            text = fmt::format("removing the rework of {} takes {} off {}", name, saved, of);
            break;
        case Change::removed: text = fmt::format("leaving {} out takes {} off {}", name, saved, of); break;
        case Change::all_accurate:
            text =
                fmt::format("if everything from {0} were complete and accurate, {1}{2} would pass without a correction "
                            "instead of {1}{3}",
                            name, is_bound ? "at most " : "", format_percent(lever.rolled_ca.value_or(0), rounding),
                            format_percent(rolled_now(metrics), rounding));
            break;
    }
    if (!lever.hint.empty()) text += fmt::format(" (DORA capability: {})", capability_text(lever.hint));
    return text;
}

std::vector<Lever> top_levers(const StreamMetrics& metrics) {
    constexpr std::size_t most = 3;
    std::vector<Lever> top;
    std::set<ElementId> seen;
    for (const Lever& lever : metrics.levers) {
        if (top.size() == most || lever.change == Change::all_accurate || lever.saved <= 0) continue;
        if (lever.change == Change::removed || !seen.insert(lever.element).second) continue;
        top.push_back(lever);
    }
    const auto quality = std::find_if(metrics.levers.begin(), metrics.levers.end(),
                                      [](const Lever& lever) { return lever.change == Change::all_accurate; });
    if (quality != metrics.levers.end() &&
        format_percent(quality->rolled_ca.value_or(0)) != format_percent(rolled_now(metrics)))
        top.push_back(*quality);
    return top;
}

Section levers_section(const Reported& reported) {
    Section section{"what would help most", {}, {}, {}};
    for (const Lever& lever : top_levers(reported.metrics)) section.sentences.push_back(sentence_of(lever, reported));
    return section;
}

std::span<const Observation> observations_of(const FileMetrics& file, ir::StreamId stream) {
    const auto found = file.observations->find(stream);
    return found == file.observations->end() ? std::span<const Observation>() : std::span(found->second);
}

Section observations_section(const Reported& reported) {
    constexpr std::size_t most_alike = 5;
    Section section{"observations", {}, {}, {}};
    std::string_view rule;
    std::size_t alike = 0;
    const auto end_rule = [&] {
        if (alike > most_alike)
            section.sentences.push_back(fmt::format("{} more like these ({}); {} shows all", alike - most_alike, rule,
                                                    reported.name("vsm lint --process")));
        alike = 0;
    };
    for (const Observation& one : observations_of(reported.file, reported.metrics.stream)) {
        if (one.name != rule) end_rule();
        rule = one.name;
        if (++alike <= most_alike) section.sentences.push_back(reported.plain(one.text));
    }
    end_rule();
    return section;
}

std::vector<Section> sections_below(const Reported& reported) {
    std::vector<Section> sections{constraints_section(reported), levers_section(reported),
                                  observations_section(reported)};
    for (Section& section : comparison_sections(reported)) sections.push_back(std::move(section));
    sections.push_back(dora_section(reported));
    std::erase_if(sections, [](const Section& section) { return section.empty(); });
    return sections;
}

}  // namespace vsm::runtime
