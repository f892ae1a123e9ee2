#include "runtime/diff_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/moves.h"
#include "runtime/properties.h"
#include "runtime/report_sections.h"
#include "runtime/report_words.h"
#include "runtime/rework.h"

namespace vsm::runtime {
namespace {

using ir::Metric;

constexpr double broken_weight = 1e9, worse_weight = 1e6, missing_weight = 1e3;

std::string title_of(const ir::Element& element) { return element.title.value.empty() ? label_of(element) : element.title.value; }

std::string name_of_constraint(const ir::Stream& stream, const StreamMetrics& metrics) {
    return metrics.time_constraint ? title_of(stream.elements[*metrics.time_constraint]) : "";
}

const FigureChange* change_of(const StreamChange& change, Metric metric) {
    for (const FigureChange& one : change.figures)
        if (one.metric == metric) return &one;
    return nullptr;
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
    if (lead != nullptr) {
        news.first = speed_sentence(name, *lead, before, after);
        const bool known = lead->before.value && lead->after.value && *lead->before.value > 0;
        news.weight = known ? std::fabs(*lead->after.value / *lead->before.value - 1) : missing_weight;
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
    news.further.insert(news.further.end(), bottleneck.begin(), bottleneck.end());
    if (change.follows) news.weight -= worse_weight;
    return news;
}

std::string quick_figures(const MapSide& side, ir::StreamId id) {
    const StreamMetrics& metrics = *metrics_of(*side.metrics, id);
    const ir::Stream& stream = side.model->stream(id);
    const MetricValue lead = value_of(side.model->model(), stream, metrics, Metric::lead_time);
    return fmt::format("{} working time in {}", value_text(Metric::lead_time, lead, stream), counted(metrics.steps, "step"));
}

std::string described(const std::vector<Property>& properties) {
    std::vector<std::string> parts;
    for (const Property& one : properties)
        if (one.name != "title" && one.name != "statement") parts.push_back(one.name + ": " + one.text);
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string described(const MapSide& side, ir::StreamId stream_id, ir::ElementId id) {
    const ir::Stream& stream = side.model->stream(stream_id);
    const auto name_of = [&](ir::ElementId other) { return stream.elements[other].label; };
    const std::string facts = described(properties_of(side.model->model(), stream, id, name_of));
    return (facts.empty() ? "" : facts + "; ") + place_of(stream, id);
}

void add_rows(std::vector<ChangeRow>& rows, const std::string& subject, const std::vector<ValueChange>& values) {
    for (const ValueChange& one : values) rows.push_back({subject, one.name, one.before, one.after, ChangeKind::changed});
}

}  // namespace

std::string counted(std::size_t count, std::string_view one) {
    if (count != 1 && one.ends_with("ty")) return fmt::format("{} {}ies", count, one.substr(0, one.size() - 1));
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

const ir::Stream& stream_of(const DiffedMap& map, const StreamChange& change) {
    return change.after.valid() ? map.after.model->stream(change.after) : map.before.model->stream(change.before);
}

const ir::CheckedModel& model_of(const DiffedMap& map, const StreamChange& change) { return change.after.valid() ? *map.after.model : *map.before.model; }

std::string called(const ir::CheckedModel& model, ir::StreamId id) {
    const ir::Stream& stream = model.stream(id);
    std::string name = stream.title.value.empty() ? stream.name.value : stream.title.value;
    if (!stream.future) return name;
    const ir::Stream& base = model.stream(stream.future->of);
    return fmt::format("{} (future of {})", name, base.name.value);
}

std::string figure_name(Metric metric) {
    switch (metric) {
        case Metric::pce: return "PCE";
        case Metric::rolled_ca: return "rolled %C&A";
        case Metric::wip: return "items in progress";
        case Metric::effort_fte: return "people full time";
        case Metric::expected_lead_time: return "lead time with rework";
        case Metric::expected_process_time: return "process time with rework";
        case Metric::expected_total_process_time: return "total process time with rework";
        case Metric::time_constraint: return "bottleneck";
        case Metric::load_constraint: return "busiest";
        case Metric::takt: return "takt time";
        case Metric::element_ca: return "%C&A";
        default: break;
    }
    std::string_view key = ir::info_of(metric).key;
    if (key.starts_with("*.")) key.remove_prefix(2);
    std::string words(key);
    std::replace(words.begin(), words.end(), '_', ' ');
    for (const auto& [begin, word] : {std::pair{"dora.", "DORA "}, {"best.", "best "}, {"worst.", "worst "}})
        if (words.starts_with(begin)) words.replace(0, std::string_view(begin).size(), word);
    return words;
}

std::string value_text(Metric metric, const MetricValue& value, const ir::Stream& stream) {
    if (ir::info_of(metric).type == ir::MetricType::name) return value.name.empty() ? "none" : value.name;
    if (value.value) return figure_text(metric, *value.value, stream);
    if (value.at_least && *value.at_least > 0) return "at least " + figure_text(metric, *value.at_least, stream);
    if (value.at_most && *value.at_most < 1) return "at most " + figure_text(metric, *value.at_most, stream);
    return "unknown";
}

News news_of(const DiffedMap& map, const StreamChange& change) {
    switch (change.kind()) {
        case ChangeKind::added:
            return {fmt::format("{} is new: {}.", called(*map.after.model, change.after), quick_figures(map.after, change.after)), {}, 0.5};
        case ChangeKind::removed:
            return {fmt::format("{} is removed; it was {}.", called(*map.before.model, change.before), quick_figures(map.before, change.before)), {}, missing_weight};
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

std::vector<ChangeRow> rows_of(const DiffedMap& map, const StreamChange& change) {
    std::vector<ChangeRow> rows;
    const ir::Stream& stream = stream_of(map, change);
    const std::string name = called(model_of(map, change), change.after.valid() ? change.after : change.before);
    if (change.kind() != ChangeKind::changed) {
        const bool added = change.kind() == ChangeKind::added;
        const std::string figures = quick_figures(added ? map.after : map.before, added ? change.after : change.before);
        return {{name, fmt::format("{} {}", added ? "new" : "removed", stream.future ? "future" : "stream"), added ? "" : figures, added ? figures : "", change.kind()}};
    }
    if (change.renamed) rows.push_back({name, "name", map.before.model->stream(change.before).name.value, stream.name.value, ChangeKind::changed});
    add_rows(rows, name, change.values);
    for (const ElementChange& one : change.elements) {
        const MapSide& side = one.after.valid() ? map.after : map.before;
        const ir::StreamId id = one.after.valid() ? change.after : change.before;
        const ir::Element& element = side.model->stream(id).elements[one.after.valid() ? one.after : one.before];
        const std::string subject = title_of(element);
        const std::string keyword(ir::keyword_of(element));
        if (one.kind() == ChangeKind::added) rows.push_back({subject, "new " + keyword, "", described(map.after, change.after, one.after), one.kind()});
        if (one.kind() == ChangeKind::removed) rows.push_back({subject, "removed " + keyword, described(map.before, change.before, one.before), "", one.kind()});
        if (one.kind() != ChangeKind::changed) continue;
        if (one.renamed) rows.push_back({subject, "name", label_of(map.before.model->stream(change.before).elements[one.before]), label_of(element), ChangeKind::changed});
        if (one.moved()) rows.push_back({subject, "moved", one.moved_from, one.moved_to, ChangeKind::changed});
        add_rows(rows, subject, one.values);
    }
    return rows;
}

std::vector<ChangeRow> rows_of_file(const DiffedMap& map) {
    std::vector<ChangeRow> rows;
    if (map.moved) rows.push_back({"the file", "name", map.before_path, map.after_path, ChangeKind::changed});
    for (const TeamChange& one : map.change.teams) {
        const std::string subject = one.name.empty() ? "the file" : "team " + one.name;
        if (one.kind != ChangeKind::changed) {
            std::string text;
            for (const ValueChange& value : one.values)
                text += (text.empty() ? "" : ", ") + value.name + ": " + (one.kind == ChangeKind::added ? value.after : value.before);
            const bool added = one.kind == ChangeKind::added;
            rows.push_back({subject, added ? "new team" : "removed team", added ? "" : text, added ? text : "", one.kind});
        } else {
            add_rows(rows, subject, one.values);
        }
    }
    return rows;
}

std::vector<FigureRow> figure_rows(const DiffedMap& map, const StreamChange& change) {
    std::vector<FigureRow> rows;
    if (change.kind() != ChangeKind::changed) return rows;
    const ir::Stream &before = map.before.model->stream(change.before), &after = map.after.model->stream(change.after);
    const StreamMetrics &was = *metrics_of(*map.before.metrics, change.before), &is = *metrics_of(*map.after.metrics, change.after);
    // Without a range they are the same as the others.
    const bool ranges = !(was.best == was.mean && was.worst == was.mean && is.best == is.mean && is.worst == is.mean);
    const bool rework = has_rework(before) || has_rework(after);
    const bool dora = shows_dora(before, was) || shows_dora(after, is);
    for (const FigureChange& one : change.figures) {
        const std::string_view key = ir::info_of(one.metric).key;
        const bool end_of_range = key.starts_with("best.") || key.starts_with("worst.");
        if (end_of_range && !(ranges && key.ends_with(".lead_time"))) continue;
        if (!rework && (key.starts_with("expected_") || one.metric == Metric::first_pass_yield)) continue;
        if (!dora && key.starts_with("dora.")) continue;
        FigureRow row{figure_name(one.metric), value_text(one.metric, one.before, before), value_text(one.metric, one.after, after), "", ""};
        if (one.metric == Metric::time_constraint) row.before = name_of_constraint(before, was), row.after = name_of_constraint(after, is);
        if (one.before.value && one.after.value) {
            const double difference = *one.after.value - *one.before.value;
            row.change = change_text(one.metric, difference, after);
            const Better better = better_of(one.metric);
            if (better != Better::neither) row.judgement = (difference < 0) == (better == Better::smaller) ? "better" : "worse";
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string target_text(const TargetChange& change) {
    if (!change.before) return fmt::format("{}: new, {}", change.text, name_of(*change.after));
    if (!change.after) return fmt::format("{}: removed, was {}", change.text, name_of(*change.before));
    if (*change.before == *change.after) return fmt::format("{}: {}, as before{}", change.text, name_of(*change.after), change.worse ? "; its figure got worse" : "");
    return fmt::format("{}: {}, was {}", change.text, name_of(*change.after), name_of(*change.before));
}

std::string finding_text(const Diagnostic& finding, const SourceSet& sources) {
    const DiagnosticInfo& info = info_of(finding.code);
    if (!finding.range.valid()) return fmt::format("{}: {}", info.name, finding.message);
    return fmt::format("line {}: {}: {}", sources[finding.range.file].position(finding.range.begin).line, info.name, finding.message);
}

}  // namespace vsm::runtime
