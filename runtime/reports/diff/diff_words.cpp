#include "runtime/reports/diff/diff_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/diff/moves.h"
#include "runtime/diff/written_properties.h"
#include "runtime/figures/absent.h"
#include "runtime/reports/metrics/report_sections.h"
#include "runtime/rework/rework.h"
#include "runtime/words/apart.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::Metric;

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
    for (const ValueChange& one : values)
        rows.push_back({subject, one.name, one.before, one.after, ChangeKind::changed});
}

}  // namespace

std::string title_of(const ir::Element& element) {
    return element.title.value.empty() ? label_of(element) : element.title.value;
}

std::string name_of_constraint(const ir::Stream& stream, const StreamMetrics& metrics) {
    std::vector<std::string> names;
    for (const ir::ElementId id : held_up_by(metrics)) names.push_back(title_of(stream.elements[id]));
    if (names.empty()) return "";
    const std::string last = std::move(names.back());
    names.pop_back();
    return names.empty() ? last : fmt::format("{} and {}", fmt::join(names, ", "), last);
}

std::string quick_figures(const MapSide& side, ir::StreamId id) {
    const StreamMetrics& metrics = *metrics_of(*side.metrics, id);
    const ir::Stream& stream = side.model->stream(id);
    const auto text = [&](Metric metric) {
        return value_text(metric, value_of(side.model->model(), stream, metrics, metric), stream);
    };
    const std::string drawn = text(Metric::lead_time), expected = text(Metric::expected_lead_time);
    const bool rework = has_rework(stream) && drawn != expected;
    const std::string steps = counted(metrics.steps, "step");
    if ((rework ? expected : drawn) == "?") return fmt::format("{}, lead time unknown", steps);
    return rework ? fmt::format("{} working time with rework in {}", expected, steps)
                  : fmt::format("{} working time in {}", drawn, steps);
}

std::string counted(std::size_t count, std::string_view one) {
    if (count != 1 && one.ends_with("ty")) return fmt::format("{} {}ies", count, one.substr(0, one.size() - 1));
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

const ir::Stream& stream_of(const DiffedMap& map, const StreamChange& change) {
    return change.after.valid() ? map.after.model->stream(change.after) : map.before.model->stream(change.before);
}

const ir::CheckedModel& model_of(const DiffedMap& map, const StreamChange& change) {
    return change.after.valid() ? *map.after.model : *map.before.model;
}

std::string called(const ir::CheckedModel& model, ir::StreamId id) {
    const ir::Stream& stream = model.stream(id);
    std::string name = stream.title.value.empty() ? stream.name.value : stream.title.value;
    if (!stream.future) return name;
    const ir::Stream& base = model.stream(stream.future->of);
    return fmt::format("{} (future of {})", name, base.name.value);
}

std::string figure_name(Metric metric) {
    const bool dora = ir::info_of(metric).key.starts_with("dora.");
    return (dora ? "DORA " : "") + words_of(metric);
}

std::string value_text(Metric metric, const MetricValue& value, const ir::Stream& stream) {
    if (ir::info_of(metric).type == ir::MetricType::name) return value.name.empty() ? "none" : value.name;
    if (value.value) return figure_text(metric, *value.value, stream);
    if (value.endless) return std::string(grows_without_end_text);
    if (value.at_least && *value.at_least > 0)
        return "at least " + figure_text(metric, *value.at_least, stream, Rounding::down);
    if (value.at_most && *value.at_most < 1)
        return "at most " + figure_text(metric, *value.at_most, stream, Rounding::up);
    return "?";
}

std::vector<ChangeRow> rows_of(const DiffedMap& map, const StreamChange& change) {
    std::vector<ChangeRow> rows;
    const ir::Stream& stream = stream_of(map, change);
    const std::string name = called(model_of(map, change), change.after.valid() ? change.after : change.before);
    if (change.kind() != ChangeKind::changed) {
        const bool added = change.kind() == ChangeKind::added;
        const std::string figures = quick_figures(added ? map.after : map.before, added ? change.after : change.before);
        return {{name, fmt::format("{} {}", added ? "new" : "removed", stream.future ? "future" : "stream"),
                 added ? "" : figures, added ? figures : "", change.kind()}};
    }
    if (change.renamed)
        rows.push_back(
            {name, "name", map.before.model->stream(change.before).name.value, stream.name.value, ChangeKind::changed});
    add_rows(rows, name, change.values);
    for (const ElementChange& one : change.elements) {
        const MapSide& side = one.after.valid() ? map.after : map.before;
        const ir::StreamId id = one.after.valid() ? change.after : change.before;
        const ir::Element& element = side.model->stream(id).elements[one.after.valid() ? one.after : one.before];
        const std::string subject = title_of(element);
        const std::string keyword(ir::keyword_of(element));
        const std::size_t begin = rows.size();
        if (one.kind() == ChangeKind::added)
            rows.push_back({subject, "new " + keyword, "", described(map.after, change.after, one.after), one.kind()});
        if (one.kind() == ChangeKind::removed)
            rows.push_back(
                {subject, "removed " + keyword, described(map.before, change.before, one.before), "", one.kind()});
        if (one.kind() == ChangeKind::changed) {
            if (one.renamed)
                rows.push_back({subject, "name", label_of(map.before.model->stream(change.before).elements[one.before]),
                                label_of(element), ChangeKind::changed});
            if (one.moved()) rows.push_back({subject, "moved", one.moved_from, one.moved_to, ChangeKind::changed});
            add_rows(rows, subject, one.values);
        }
        for (std::size_t i = begin; i < rows.size(); ++i) rows[i].of = &one;
    }
    return rows;
}

std::vector<ChangeRow> rows_of_file(const DiffedMap& map) {
    std::vector<ChangeRow> rows;
    if (map.moved && map.moved_streams.empty())
        rows.push_back({"the file", "name", map.before_path, map.after_path, ChangeKind::changed});
    if (map.moved)
        for (const ir::StreamId id : map.moved_streams)
            rows.push_back(
                {called(*map.after.model, id), "file", map.before_path, map.after_path, ChangeKind::changed});
    for (const TeamChange& one : map.change.teams) {
        const std::string subject = one.name.empty() ? "the file" : "team " + one.name;
        if (one.kind != ChangeKind::changed) {
            std::string text;
            for (const ValueChange& value : one.values)
                text += (text.empty() ? "" : ", ") + value.name + ": " +
                        (one.kind == ChangeKind::added ? value.after : value.before);
            const bool added = one.kind == ChangeKind::added;
            rows.push_back(
                {subject, added ? "new team" : "removed team", added ? "" : text, added ? text : "", one.kind});
        } else {
            add_rows(rows, subject, one.values);
        }
    }
    return rows;
}

namespace {

std::optional<Comparable> comparable(const DiffedMap& map, const StreamChange& change, const FigureChange& one) {
    if (!one.before.value || !one.after.value) return std::nullopt;
    return runtime::comparable(one.metric, *one.before.value, map.before.model->stream(change.before).calendar,
                               *one.after.value, map.after.model->stream(change.after).calendar);
}

/// Empty if neither direction is better, for instance for a ratio of process time when that time rose.
std::string judgement_of(const DiffedMap& map, const StreamChange& change, const FigureChange& one) {
    const auto better = is_better(map, change, one);
    return !better ? "" : *better ? "better" : "worse";
}

FigureRow row_of(const DiffedMap& map, const StreamChange& change, const FigureChange& one, bool rework) {
    const ir::Stream& after = map.after.model->stream(change.after);
    FigureRow row{figure_name(one.metric), "", "", "", judgement_of(map, change, one)};
    if (rework && ir::with_rework(one.metric)) row.name += " as drawn";
    const ApartTexts texts = value_texts(map, change, one);
    row.before = texts.before;
    row.after = texts.after;
    if (one.metric == Metric::time_constraint) {
        const auto name = [](const MapSide& side, ir::StreamId id) {
            return name_of_constraint(side.model->stream(id), *metrics_of(*side.metrics, id));
        };
        row.before = name(map.before, change.before);
        row.after = name(map.after, change.after);
        for (std::string* text : {&row.before, &row.after})
            if (text->empty()) *text = "none";
    }
    if (const auto both = comparable(map, change, one))
        row.change = change_text(one.metric, both->after - both->before, after);
    return row;
}

/// The figures in order, but each figure with rework directly before the one as drawn.
std::vector<const FigureChange*> ordered(const StreamChange& change, bool rework) {
    std::vector<const FigureChange*> all;
    const auto find = [&](Metric metric) {
        return std::find_if(change.figures.begin(), change.figures.end(),
                            [&](const FigureChange& one) { return one.metric == metric; });
    };
    for (const FigureChange& one : change.figures) {
        const auto expected =
            rework && ir::with_rework(one.metric) ? find(*ir::with_rework(one.metric)) : change.figures.end();
        if (expected != change.figures.end()) all.push_back(&*expected);
        if (std::find(all.begin(), all.end(), &one) == all.end()) all.push_back(&one);
    }
    return all;
}

}  // namespace

std::optional<bool> is_better(const DiffedMap& map, const StreamChange& change, const FigureChange& one) {
    const Better better = better_of(one.metric);
    if (better == Better::neither) return std::nullopt;
    if (one.before.value && one.after.endless) return false;
    if (one.before.endless && one.after.value) return true;
    const auto both = comparable(map, change, one);
    if (!both) return std::nullopt;
    const auto process = process_time_of(one.metric);
    for (const FigureChange& other : change.figures)
        if (process && other.metric == *process &&
            (!other.before.value || !other.after.value || *other.after.value > *other.before.value))
            return std::nullopt;
    return (both->after < both->before) == (better == Better::smaller);
}

namespace {

/// Adds digits where a value would read like the bound of a target that it differs from.
void tell_from_bounds(ApartTexts& texts, const DiffedMap& map, const StreamChange& change, const FigureChange& one) {
    const auto tell = [&](std::string& text, double value, double bound, const ir::Stream& stream) {
        if (text == figure_text(one.metric, bound, stream)) text = text_beside(one.metric, value, bound, stream);
    };
    for (const TargetChange& target : change.targets) {
        const bool about = target.judged_by == one.metric || target.target->metric.metric == one.metric;
        if (!about || target.target->metric.element.valid() || !target.bound) continue;
        tell(texts.before, *one.before.value, *target.bound, map.before.model->stream(change.before));
        tell(texts.after, *one.after.value, *target.bound, map.after.model->stream(change.after));
    }
}

}  // namespace

ApartTexts value_texts(const DiffedMap& map, const StreamChange& change, const FigureChange& one) {
    const ir::Stream &before = map.before.model->stream(change.before), &after = map.after.model->stream(change.after);
    if (one.before.value && one.after.value) {
        ApartTexts texts = texts_apart(one.metric, *one.before.value, before, *one.after.value, after);
        tell_from_bounds(texts, map, change, one);
        return texts;
    }
    ApartTexts texts{value_text(one.metric, one.before, before), value_text(one.metric, one.after, after)};
    if (texts.before == texts.after && one.before.at_least && one.after.at_least) {
        const ApartTexts bounds =
            texts_apart(one.metric, *one.before.at_least, before, *one.after.at_least, after, Rounding::down);
        texts = {"at least " + bounds.before, "at least " + bounds.after};
    } else if (texts.before == texts.after && one.before.at_most && one.after.at_most) {
        const ApartTexts bounds =
            texts_apart(one.metric, *one.before.at_most, before, *one.after.at_most, after, Rounding::up);
        texts = {"at most " + bounds.before, "at most " + bounds.after};
    }
    return texts;
}

namespace {

/// Whether a total process time changes like the process time on the longest path.
bool is_repeated(const StreamChange& change, const FigureChange& one) {
    static constexpr std::pair<Metric, Metric> totals[] = {
        {Metric::total_process_time, Metric::process_time},
        {Metric::expected_total_process_time, Metric::expected_process_time}};
    for (const auto& [total, same] : totals)
        for (const FigureChange& other : change.figures)
            if (one.metric == total && other.metric == same && other.before == one.before && other.after == one.after)
                return true;
    return false;
}

}  // namespace

std::vector<FigureRow> figure_rows(const DiffedMap& map, const StreamChange& change) {
    std::vector<FigureRow> rows;
    if (change.kind() != ChangeKind::changed) return rows;
    const ir::Stream &before = map.before.model->stream(change.before), &after = map.after.model->stream(change.after);
    const StreamMetrics &was = *metrics_of(*map.before.metrics, change.before),
                        &is = *metrics_of(*map.after.metrics, change.after);
    // Without ranges, best and worst repeat the mean.
    const bool ranges = !(was.best == was.mean && was.worst == was.mean && is.best == is.mean && is.worst == is.mean);
    const bool rework = has_rework(before) || has_rework(after);
    const bool dora = shows_dora(before, was) || shows_dora(after, is);
    for (const FigureChange* one : ordered(change, rework)) {
        const std::string_view key = ir::info_of(one->metric).key;
        const bool end_of_range = key.starts_with("best.") || key.starts_with("worst.");
        if (end_of_range && !(ranges && key.ends_with(".lead_time"))) continue;
        if (!rework && (key.starts_with("expected_") || one->metric == Metric::first_pass_yield)) continue;
        if (!dora && key.starts_with("dora.")) continue;
        if (is_repeated(change, *one)) continue;
        rows.push_back(row_of(map, change, *one, rework));
    }
    return rows;
}

std::string target_text(const TargetChange& change) {
    if (!change.before) return fmt::format("{}: new, {}", change.text, name_of(*change.after));
    if (!change.after) return fmt::format("{}: removed, was {}", change.text, name_of(*change.before));
    if (change.rebased)
        return fmt::format("{}: reached; as a part of the new figure, {}", change.text, name_of(*change.after));
    if (change.relaxed)
        return fmt::format("{}: met because its value changed, was {}", change.text, name_of(*change.before));
    if (change.tightened)
        return fmt::format("{}: tightened, {}{}", change.text, name_of(*change.after),
                           change.worse ? "; its figure got worse" : "");
    if (*change.before == *change.after)
        return fmt::format("{}: {}, as before{}", change.text, name_of(*change.after),
                           change.worse ? "; its figure got worse" : "");
    return fmt::format("{}: {}, was {}", change.text, name_of(*change.after), name_of(*change.before));
}

std::string finding_text(const Diagnostic& finding, const SourceSet& sources) {
    const DiagnosticInfo& info = info_of(finding.code);
    if (!finding.range.valid()) return fmt::format("{}: {}", info.name, finding.message);
    return fmt::format("line {}: {}: {}", sources[finding.range.file].position(finding.range.begin).line, info.name,
                       finding.message);
}

}  // namespace vsm::runtime
