#include "runtime/report_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/markdown.h"
#include "base/share.h"
#include "base/text.h"
#include "runtime/goals.h"
#include "runtime/report_words.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::Metric;

/// What has no name is called by its title, or by its kind and count.
std::string label_of(const Reported& reported, ElementId id) {
    const ir::Element& element = reported.stream().elements[id];
    const bool titled = (reported.medium == Medium::picture || element.name.value.empty()) && !element.title.value.empty();
    return reported.name(titled ? element.title.value : element.label);
}

/// With the title that tables show.
std::string full_label_of(const Reported& reported, ElementId id) {
    const ir::Element& element = reported.stream().elements[id];
    const bool both = reported.medium != Medium::picture && !element.name.value.empty() &&
                      !element.title.value.empty() && lower_case(element.title.value) != lower_case(element.name.value);
    return label_of(reported, id) + (both ? fmt::format(" ({})", reported.plain(element.title.value)) : "");
}

std::string_view relation_text(ir::Relation relation) {
    switch (relation) {
        case ir::Relation::at_most: return "at most";
        case ir::Relation::at_least: return "at least";
        case ir::Relation::below: return "below";
        case ir::Relation::above: return "above";
        case ir::Relation::equal: return "exactly";
    }
    return "";
}

/// `lead time`, or of one element `lead time of `approve``.
std::string subject_of(const ir::Target& target, const Reported& reported) {
    const std::string words = reported.plain(words_of(target.metric.metric));
    if (!target.metric.element.valid()) return words;
    return fmt::format("{} of {}", words, label_of(reported, target.metric.element));
}

/// Where an element's share of the whole is not simply its own time, how it comes about.
std::string how_often(const ElementMetrics& element, const Calendar& calendar) {
    const double visits = element.visits.value_or(1);
    if (!(visits > 0) || (visits > 1 - 1e-9 && visits < 1 + 1e-9)) return "";
    const std::string each = format_duration(element.share_of_lead_time / visits, calendar);
    if (visits < 1) return fmt::format(" ({} for the {} that come there)", each, format_percent(visits));
    return fmt::format(" ({} each time, {} times on average)", each, short_number(visits));
}

/// `8d4h`, or `the known 8d4h`: what parts of the expected lead time are held against.
std::string known_lead_time(const Reported& reported) {
    const TimeFigure& lead = reported.metrics.expected.lead_time;
    return (lead.known ? "" : "the known ") + format_duration(lead.microseconds, reported.stream().calendar);
}

/// `; 1 of 9 steps unknown`, where what is said is ranked over the rest.
std::string of_the_unknown(const Reported& reported) {
    const std::string count = unknown_count(reported.stream(), reported.metrics, Metric::expected_lead_time);
    return count.empty() ? "" : fmt::format("; {} unknown", count);
}

std::string longest_sentence(const Reported& reported, ElementId id) {
    const StreamMetrics& metrics = reported.metrics;
    const ElementMetrics& element = metrics.elements[id];
    const Calendar& calendar = reported.stream().calendar;
    const std::optional<double> share = share_of(element.share_of_lead_time, metrics.expected.lead_time.microseconds);
    if (!share) return "";
    return fmt::format("{} {}: {} of {}, {}{}{}", metrics.expected.lead_time.known ? "most of the time goes to" : "the longest for certain is",
                       full_label_of(reported, id), format_duration(element.share_of_lead_time, calendar),
                       known_lead_time(reported), format_percent(*share), how_often(element, calendar),
                       of_the_unknown(reported));
}

double utilization_of(const StreamMetrics& metrics, const std::variant<ElementId, ir::TeamId>& who) {
    if (const auto* step = std::get_if<ElementId>(&who)) return metrics.elements[*step].utilization.value_or(0);
    for (const TeamLoad& load : metrics.load.teams)
        if (load.team == std::get<ir::TeamId>(who)) return load.utilization;
    return 0;
}

std::string team_name(const Reported& reported, ir::TeamId id) {
    const ir::Team& team = reported.model().teams[id];
    const bool titled = reported.medium == Medium::picture && !team.title.value.empty();
    return reported.name(titled ? team.title.value : team.name.value);
}

std::string busiest_sentence(const Reported& reported, const std::variant<ElementId, ir::TeamId>& who) {
    const double utilization = utilization_of(reported.metrics, who);
    const auto* team = std::get_if<ir::TeamId>(&who);
    const std::string name = team != nullptr ? team_name(reported, *team) : label_of(reported, std::get<ElementId>(who));
    return fmt::format("the busiest is {}: its work takes {} of the time it has{}", name,
                       format_percent(utilization),
                       utilization > 1 + 1e-9 ? ", so not all that is asked for gets through" : "");
}

/// The other teams, the busiest first.
std::string other_loads(const Reported& reported) {
    std::vector<TeamLoad> teams = reported.metrics.load.teams;
    const auto* busiest = std::get_if<ir::TeamId>(&*reported.metrics.load.constraint);
    std::erase_if(teams, [&](const TeamLoad& one) { return busiest != nullptr && one.team == *busiest; });
    std::stable_sort(teams.begin(), teams.end(),
                     [](const TeamLoad& a, const TeamLoad& b) { return a.utilization > b.utilization; });
    constexpr std::size_t shown = 8;
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < std::min(shown, teams.size()); ++i)
        parts.push_back(fmt::format("{} {}", team_name(reported, teams[i].team),
                                    format_percent(teams[i].utilization)));
    if (teams.size() > shown) parts.push_back(fmt::format("{} more", teams.size() - shown));
    return parts.empty() ? "" : fmt::format("the others: {}", fmt::join(parts, ", "));
}

/// Or what it is at most.
double rolled_now(const StreamMetrics& metrics) {
    const QualityFigure& rolled = metrics.mean.rolled_ca;
    return rolled.value ? *rolled.value : rolled.at_most.value_or(0);
}

}  // namespace

std::string Reported::plain(std::string_view text) const {
    switch (medium) {
        case Medium::terminal: return one_line(text);
        case Medium::markdown: return markdown_text(text);
        case Medium::picture: return std::string(text);  // its writer has an escaper of its own
    }
    return "";
}

std::string Reported::cell(std::string_view text) const { return medium == Medium::terminal ? one_line(text) : std::string(text); }

std::string Reported::name(std::string_view text) const {
    switch (medium) {
        case Medium::terminal: return "`" + one_line(text) + "`";
        case Medium::markdown: return "<code>" + markdown_text(text) + "</code>";
        case Medium::picture: return plain(text);
    }
    return "";
}

/// ` (10d with rework)` behind a figure as drawn that rework makes another.
std::string with_rework(Metric metric, const std::string& drawn, const Reported& reported) {
    static constexpr std::pair<Metric, Metric> pairs[] = {{Metric::lead_time, Metric::expected_lead_time},
                                                          {Metric::process_time, Metric::expected_process_time},
                                                          {Metric::total_process_time, Metric::expected_total_process_time}};
    for (const auto& [as_drawn, expected] : pairs) {
        if (metric != as_drawn) continue;
        const std::string text = bounded_text(expected, value_of(reported.model(), reported.stream(), reported.metrics, expected), reported.stream());
        if (!text.empty() && text != drawn) return fmt::format(" ({} with rework)", text);
    }
    return "";
}

JudgedWords words_of(const JudgedTarget& judged, const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    const ir::Target& target = *judged.target;
    const Metric metric = target.metric.metric;
    const auto known = [](std::string text) { return text.empty() ? std::string("?") : text; };
    const bool relative =
        ir::info_of(metric).type == ir::MetricType::time && std::holds_alternative<Ratio>(target.bound.value);
    JudgedWords words{fmt::format("{} {} {}", subject_of(target, reported), relation_text(target.relation),
                                  reported.plain(target.bound.text)),
                      known(bounded_text(metric, judged.current, stream)),
                      {},
                      ""};
    if (!target.metric.element.valid()) words.now += with_rework(metric, words.now, reported);
    if (relative) words.wanted += " of now";
    if (relative && judged.bound) words.wanted += fmt::format(" ({})", figure_text(metric, *judged.bound, stream));
    if (target.by) words.wanted += " by " + format_date(*target.by);
    for (const TargetInFuture& one : judged.futures) {
        const ir::Stream& future = reported.file.model->stream(one.future);
        const bool titled = reported.medium == Medium::picture && !future.title.value.empty();
        words.then.push_back(fmt::format("{} {}", reported.name(titled ? future.title.value : future.name.value),
                                         known(bounded_text(metric, one.value, future))));
        if (one.met == Answer::yes && !one.in_time) words.then.push_back("after the date");
    }
    if (judged.progress)
        words.rest =
            fmt::format("{:.0f}% of the way from {}", 100 * *judged.progress, reported.plain(target.baseline->text));
    return words;
}

std::string judged_text(const JudgedTarget& judged, const Reported& reported) {
    const JudgedWords words = words_of(judged, reported);
    std::string text = fmt::format("{}; now {}", words.wanted, words.now);
    for (const std::string& one : words.then) text += ", " + one;
    return words.rest.empty() ? text : text + "; " + words.rest;
}

std::vector<JudgedTarget> targets_of(const FileMetrics& file, const StreamMetrics& metrics) {
    if (file.model->stream(metrics.stream).targets.empty()) return {};
    return judge(*file.model, metrics.stream, pointers_to(file.streams));
}

Section targets_section(const Reported& reported) {
    Section section{"targets", {}, {}, {}};
    const std::string_view pattern = reported.medium == Medium::markdown ? "**{}**: {}" : "{}: {}";
    for (const JudgedTarget& judged : targets_of(reported.file, reported.metrics))
        section.sentences.push_back(
            fmt::format(fmt::runtime(pattern), name_of(judged.verdict), judged_text(judged, reported)));
    return section;
}

Section constraints_section(const Reported& reported) {
    const StreamMetrics& metrics = reported.metrics;
    Section section{"constraints", {}, {}, {}};
    std::string longest = metrics.time_constraint ? longest_sentence(reported, *metrics.time_constraint) : "";
    if (!longest.empty()) section.sentences.push_back(std::move(longest));
    if (metrics.load.constraint) {
        section.sentences.push_back(busiest_sentence(reported, *metrics.load.constraint));
        if (std::string others = other_loads(reported); !others.empty()) section.sentences.push_back(std::move(others));
    }
    return section;
}

std::string sentence_of(const Lever& lever, const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    const StreamMetrics& metrics = reported.metrics;
    const std::string name = label_of(reported, lever.element);
    const std::string of = known_lead_time(reported);
    const std::string saved = (lever.saves_more ? "at least " : "") + format_duration(std::max(0.0, lever.saved), stream.calendar);
    std::string text;
    switch (lever.change) {
        case Change::wait_halved:
            text = std::holds_alternative<ir::Step>(stream.elements[lever.element].what)
                       ? fmt::format("halving the wait of {} takes {} off {}", name, saved, of)
                       : fmt::format("halving {} takes {} off {}", name, saved, of);
            break;
        case Change::rework_gone: text = fmt::format("without the rework of {} {} go off {}", name, saved, of); break;
        case Change::removed: text = fmt::format("leaving {} out takes {} off {}", name, saved, of); break;
        case Change::all_accurate:
            text = fmt::format(
                "if all of {0} were complete and accurate, {1}{2} would pass without a correction instead of {1}{3}", name,
                metrics.mean.rolled_ca.value ? "" : "at most ", format_percent(lever.rolled_ca.value_or(0)), format_percent(rolled_now(metrics)));
            break;
    }
    if (!lever.hint.empty()) text += fmt::format(" (see {})", capability_text(lever.hint));
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
    if (quality != metrics.levers.end() && format_percent(quality->rolled_ca.value_or(0)) != format_percent(rolled_now(metrics))) top.push_back(*quality);
    return top;
}

Section levers_section(const Reported& reported) {
    Section section{"what would help most", {}, {}, {}};
    for (const Lever& lever : top_levers(reported.metrics)) section.sentences.push_back(sentence_of(lever, reported));
    return section;
}

Section observations_section(const Reported& reported) {
    constexpr std::size_t most_alike = 5;
    Section section{"observations", {}, {}, {}};
    // those of a rule stand together
    std::string_view rule;
    std::size_t alike = 0;
    const auto end_rule = [&] {
        if (alike > most_alike) section.sentences.push_back(fmt::format("{} more like these ({}); {} has all", alike - most_alike, rule, reported.name("vsm lint --process")));
        alike = 0;
    };
    for (const Observation& one : reported.file.observations) {
        if (one.stream != reported.metrics.stream) continue;
        if (one.name != rule) end_rule();
        rule = one.name;
        if (++alike <= most_alike) section.sentences.push_back(reported.plain(one.text));
    }
    end_rule();
    return section;
}

bool shows_dora(const ir::Stream& stream, const StreamMetrics& metrics) {
    if (stream.change_failure || stream.deploys || metrics.dora.failed_deployment_recovery_time) return true;
    return std::any_of(stream.elements.begin(), stream.elements.end(), [](const ir::Element& element) {
        const auto* step = std::get_if<ir::Step>(&element.what);
        return step != nullptr && step->milestone;
    });
}

Section dora_section(const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    if (!shows_dora(stream, reported.metrics)) return {};
    const Dora& dora = reported.metrics.dora;
    Section section{"DORA", {}, {{}, {}, {}}, {{{}, {}, {}}}};
    const auto row = [&](Metric metric, const std::optional<DoraFigure>& figure, std::string_view unit) {
        if (!figure) return;
        std::string origin = figure->stated ? "stated" : "derived";
        if (figure->stated && figure->derived && *figure->derived != figure->value)
            origin += fmt::format("; the map gives {}", figure_text(metric, *figure->derived, stream));
        section.rows.push_back({{{words_of(metric)}},
                                {{figure_text(metric, figure->value, stream) + std::string(unit), Paint::strong}},
                                {{origin, Paint::faint}}});
    };
    row(Metric::dora_change_lead_time, dora.change_lead_time, " elapsed, 24 h a day");
    row(Metric::dora_deployment_frequency, dora.deployment_frequency, " (working days)");
    row(Metric::dora_change_failure_rate, dora.change_failure_rate, "");
    row(Metric::dora_failed_deployment_recovery_time, dora.failed_deployment_recovery_time, " elapsed, 24 h a day");
    row(Metric::dora_break_fix_rate, dora.break_fix_rate, " (working days)");
    row(Metric::dora_open_incidents, dora.open_incidents, "");
    return section;
}

std::vector<Section> sections_below(const Reported& reported) {
    std::vector<Section> sections{constraints_section(reported), levers_section(reported), observations_section(reported)};
    for (Section& section : comparison_sections(reported)) sections.push_back(std::move(section));
    sections.push_back(dora_section(reported));
    std::erase_if(sections, [](const Section& section) { return section.empty(); });
    return sections;
}

}  // namespace vsm::runtime
