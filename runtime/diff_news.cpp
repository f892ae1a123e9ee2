// The news of a diff in sentences: what gets faster or slower, and what becomes of the targets.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/share.h"
#include "runtime/diff_words.h"
#include "runtime/report_words.h"

namespace vsm::runtime {
namespace {

using ir::Metric;

// What moves by half of what it was weighs 0.5; so does a stream that is new or gone.
constexpr double whole_weight = 0.5;
/// A stream with a target is what people look for first.
constexpr double targeted_weight = 1;
constexpr double broken_weight = 1e9, worse_weight = 1e6, missing_weight = 1e3;

const FigureChange* change_of(const StreamChange& change, Metric metric) {
    for (const FigureChange& one : change.figures)
        if (one.metric == metric) return &one;
    return nullptr;
}

double weight_of(const FigureChange& one) {
    const auto ratio = one.before.value && one.after.value ? share_of(*one.after.value, *one.before.value) : std::nullopt;
    return ratio ? std::fabs(*ratio - 1) : missing_weight;
}

std::string from_to(const FigureChange& one, const ir::Stream& before, const ir::Stream& after) {
    return fmt::format("{} → {}", value_text(one.metric, one.before, before), value_text(one.metric, one.after, after));
}

/// `Checkout gets 3d2h faster: 8d4h → 5d2h working time.`
std::string speed_sentence(const std::string& name, const FigureChange& lead, const ir::Stream& before, const ir::Stream& after) {
    const std::string rework = lead.metric == Metric::expected_lead_time ? ", with rework" : "";
    const std::string change = from_to(lead, before, after);
    if (!lead.before.value || !lead.after.value) return fmt::format("{}: the lead time{} becomes {}: {}.", name, rework, lead.after.value ? "known" : "unknown", change);
    const double difference = *lead.after.value - *lead.before.value;
    const std::string size = format_duration(std::fabs(difference), after.calendar);
    const std::string calendar = before.calendar == after.calendar ? "" : fmt::format(" ({}, then {})", format_calendar(before.calendar), format_calendar(after.calendar));
    return fmt::format("{} gets {} {}: {} working time{}{}.", name, size, difference < 0 ? "faster" : "slower", change, rework, calendar);
}

/// Whether two figures that are known before and after move in opposite directions.
bool contradict(const FigureChange& a, const FigureChange& b) {
    if (!a.before.value || !a.after.value || !b.before.value || !b.after.value) return false;
    return (*a.after.value - *a.before.value) * (*b.after.value - *b.before.value) < 0;
}

/// `Checkout gets 1h faster as drawn, but 2d3h slower with rework: 17d3h → 19d5h working time.`
std::string contradiction_sentence(const std::string& name, const FigureChange& drawn, const FigureChange& expected, const ir::Stream& before, const ir::Stream& after) {
    const auto direction = [&](const FigureChange& one) {
        const double difference = *one.after.value - *one.before.value;
        return fmt::format("{} {}", format_duration(std::fabs(difference), after.calendar), difference < 0 ? "faster" : "slower");
    };
    return fmt::format("{} gets {} as drawn, but {} with rework: {} working time.", name, direction(drawn), direction(expected), from_to(expected, before, after));
}

/// The figure that is told where the lead time stays.
const FigureChange* most_telling(const StreamChange& change) {
    static constexpr Metric order[] = {Metric::rolled_ca, Metric::throughput, Metric::process_time, Metric::total_process_time, Metric::first_pass_yield,
                                       Metric::effort_fte, Metric::wip, Metric::cost, Metric::handoffs, Metric::steps, Metric::takt,
                                       Metric::dora_change_failure_rate, Metric::dora_deployment_frequency, Metric::dora_change_lead_time};
    for (const Metric metric : order)
        if (const FigureChange* found = change_of(change, metric)) return found;
    return nullptr;
}

std::string what_changed(const StreamChange& change) {
    std::size_t added = 0, removed = 0, renamed = 0, moved = 0, changed = 0;
    for (const ElementChange& one : change.elements) {
        added += one.kind() == ChangeKind::added;
        removed += one.kind() == ChangeKind::removed;
        renamed += one.renamed;
        moved += one.moved();
        changed += !one.values.empty();
    }
    std::vector<std::string> parts;
    const auto add = [&](std::size_t count, std::string_view what) {
        if (count > 0) parts.push_back(fmt::format("{} {}", counted(count, "element"), what));
    };
    add(added, "added");
    add(removed, "removed");
    add(renamed, "renamed");
    add(moved, "moved");
    add(changed, "changed");
    if (change.renamed) parts.emplace_back("renamed");
    if (!change.values.empty()) parts.push_back(fmt::format("{} of the stream changed", counted(change.values.size(), "property")));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string relation_text(ir::Relation relation) {
    switch (relation) {
        case ir::Relation::at_most: return "≤";
        case ir::Relation::at_least: return "≥";
        default: return std::string(text_of(relation));
    }
}

/// `Target 3d by 2027-03-31: not yet.`
std::string target_sentence(const TargetChange& change, const ir::Stream& stream) {
    const ir::Target& target = *change.target;
    const bool plain = target.metric.metric == Metric::lead_time && target.relation == ir::Relation::at_most;
    std::string text = "Target ";
    if (target.metric.element.valid()) text += title_of(stream.elements[target.metric.element]) + " ";
    if (!plain) text += figure_name(target.metric.metric) + " " + relation_text(target.relation) + " ";
    text += target.bound.text;
    if (target.by) text += " by " + format_date(*target.by);
    const auto word = [](Verdict verdict) -> std::string {
        switch (verdict) {
            case Verdict::met: return "met";
            case Verdict::met_by_future: return "met by a future";
            case Verdict::met_too_late: return "met by a future, but too late";
            case Verdict::not_met: return "not yet";
            case Verdict::unknown: return "unknown";
        }
        return "";
    };
    if (!change.after) return text + " is taken away; it was " + word(*change.before) + ".";
    if (!change.before) return text + " is new: " + word(*change.after) + ".";
    if (*change.before == *change.after) return text + ": " + word(*change.after) + ".";
    if (*change.before == Verdict::met) return text + ": no longer met, " + word(*change.after) + ".";
    return fmt::format("{}: {} (was {}).", text, *change.after == Verdict::met ? "met now" : word(*change.after), word(*change.before));
}

void add_targets(News& news, const StreamChange& change, const ir::Stream& before, const ir::Stream& after) {
    constexpr std::size_t most = 2;
    std::vector<const TargetChange*> told;
    for (const TargetChange& one : change.targets) told.push_back(&one);
    std::stable_sort(told.begin(), told.end(), [](const TargetChange* a, const TargetChange* b) { return (a->before != a->after) > (b->before != b->after); });
    for (std::size_t i = 0; i < std::min(told.size(), most); ++i) news.further.push_back(target_sentence(*told[i], told[i]->after ? after : before));
    if (told.size() > most) news.further.push_back(fmt::format("{} more.", counted(told.size() - most, "target")));
    for (const TargetChange& one : change.targets) news.weight += one.worse ? worse_weight : 0;
}

void add_bottleneck(News& news, const DiffedMap& map, const StreamChange& change) {
    const auto name = [&](const MapSide& side, ir::StreamId id) { return name_of_constraint(side.model->stream(id), *metrics_of(*side.metrics, id)); };
    const std::string after = name(map.after, change.after);
    if (after.empty()) return;
    const bool moved = change_of(change, Metric::time_constraint) != nullptr;
    news.further.push_back(fmt::format("Bottleneck: {}{}.", after, moved ? fmt::format(" (was {})", name(map.before, change.before)) : ""));
}

News news_of_changed(const DiffedMap& map, const StreamChange& change) {
    const ir::Stream &before = map.before.model->stream(change.before), &after = map.after.model->stream(change.after);
    const std::string name = called(*map.after.model, change.after);
    News news;
    const FigureChange* lead = change_of(change, Metric::lead_time);
    if (lead == nullptr) lead = change_of(change, Metric::expected_lead_time);
    const FigureChange* expected = change_of(change, Metric::expected_lead_time);
    if (lead != nullptr && expected != nullptr && contradict(*lead, *expected)) {
        news.first = contradiction_sentence(name, *lead, *expected, before, after);
        news.weight = weight_of(*expected);
    } else if (lead != nullptr) {
        news.first = speed_sentence(name, *lead, before, after);
        news.weight = weight_of(*lead);
    } else if (const FigureChange* figure = most_telling(change)) {
        news.first = fmt::format("{}: {} {}; the lead time stays.", name, figure_name(figure->metric), from_to(*figure, before, after));
        news.weight = 1e-3;
    } else {
        const std::string what = what_changed(change);
        news.first = what.empty() ? fmt::format("{}: the same, and its targets stand differently.", name) : fmt::format("{}: {}; every figure stays.", name, what);
    }
    if (lead != nullptr || !change.figures.empty()) add_bottleneck(news, map, change);
    std::vector<std::string> bottleneck = std::move(news.further);
    news.further.clear();
    add_targets(news, change, before, after);
    if (!change.targets.empty()) news.weight += targeted_weight;
    news.further.insert(news.further.end(), bottleneck.begin(), bottleneck.end());
    if (change.follows) news.weight -= worse_weight;
    return news;
}

}  // namespace

News news_of(const DiffedMap& map, const StreamChange& change) {
    switch (change.kind()) {
        case ChangeKind::added:
            return {fmt::format("{} is new: {}.", called(*map.after.model, change.after), quick_figures(map.after, change.after)), {}, whole_weight};
        case ChangeKind::removed:
            return {fmt::format("{} is removed; it was {}.", called(*map.before.model, change.before), quick_figures(map.before, change.before)), {}, whole_weight};
        case ChangeKind::changed: break;
    }
    return news_of_changed(map, change);
}

std::vector<News> news_of_file(const DiffedMap& map) {
    std::vector<News> all;
    if (map.after_broken) all.push_back({fmt::format("{} does not compile, so nothing can be said of it.", map.after_path), {}, broken_weight});
    if (map.before_broken) all.push_back({fmt::format("{} did not compile before, so it cannot be compared.", map.before_path), {}, worse_weight});
    if (map.moved) all.push_back({fmt::format("{} is called {} now.", map.before_path, map.after_path), {}, -1});
    const MapChange& change = map.change;
    if (!all.empty() || !change.streams.empty()) return all;
    if (map.before_path.empty() || map.after_path.empty())
        all.push_back({fmt::format("{} is {}; it declares no stream.", map.path(), map.before_path.empty() ? "new" : "removed"), {}, 0});
    else if (!change.teams.empty())
        all.push_back({fmt::format("{}: {} changed.", map.path(), counted(change.teams.size(), "declaration")), {}, 0});
    else if (!change.empty())
        all.push_back({fmt::format("{}: no figure changes; {} new, {} fixed.", map.path(), counted(change.new_findings.size(), "finding"), change.fixed_findings.size()), {}, 0});
    return all;
}

std::vector<News> news_of(std::span<const DiffedMap> maps) {
    std::vector<News> all;
    for (const DiffedMap& map : maps) {
        for (News& one : news_of_file(map)) all.push_back(std::move(one));
        for (const StreamChange& change : map.change.streams) all.push_back(news_of(map, change));
    }
    std::stable_sort(all.begin(), all.end(), [](const News& a, const News& b) { return a.weight > b.weight; });
    return all;
}

}  // namespace vsm::runtime
