// One row for each stream of a diff of many maps.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/share.h"
#include "runtime/reports/diff/diff_words.h"
#include "runtime/reports/diff/telling_figures.h"
#include "runtime/rework/rework.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::Metric;
using Rank = Overview::Rank;

/// `3d` or `rolled %C&A ≥ 80%`: what a target demands.
std::string demand_of(const TargetChange& change, const ir::Stream& stream) {
    const ir::Target& target = *change.target;
    const bool plain = target.metric.metric == Metric::lead_time && !target.metric.drawn;
    std::string text = plain ? "" : figure_name(target.metric.metric) + (target.metric.drawn ? " as drawn " : " ");
    if (target.metric.element.valid()) text = title_of(stream.elements[target.metric.element]) + " " + text;
    return text + relation_text(target.relation) + " " + target.bound.text;
}

/// Whether a target is for the lead time of the whole stream.
bool is_for_stream(const TargetChange& change) {
    return change.target->metric.metric == Metric::lead_time && !change.target->metric.element.valid();
}

/// The result that matters most to a reader.
struct Result {
    std::string text;
    Rank rank;
    const TargetChange* target = nullptr;  ///< that it is about
};

Result result_for_targets(const StreamChange& change, std::optional<bool> better) {
    const auto first = [&](const auto& holds) {
        const auto found = std::find_if(change.targets.begin(), change.targets.end(), holds);
        return found == change.targets.end() ? nullptr : &*found;
    };
    if (const TargetChange* one = first(is_lost)) return {"target no longer met", Rank::lost, one};
    if (const TargetChange* one =
            first([](const TargetChange& target) { return target.worse && target.after != Verdict::met; })) {
        const FigureChange* figure = change_of(change, one->judged_by);
        if (figure != nullptr && !is_known(*figure) && !one->target->metric.element.valid())
            return {
                fmt::format("{} {}, target not met", figure_name(one->target->metric.metric), knowledge_of(*figure)),
                Rank::missed, one};
        return {better == false ? "slower, target not met" : "worse, target not met", Rank::missed, one};
    }
    if (const TargetChange* one = first([](const TargetChange& target) { return target.worse; }))
        return {better == false ? "slower, target still met" : "worse, target still met", Rank::worse_for_target, one};
    const auto known_now = [](const TargetChange& target) {
        return target.before == Verdict::unknown && target.after && target.after != Verdict::unknown;
    };
    if (const TargetChange* one = first(known_now))
        return {one->after == Verdict::met ? "target met, known now" : "target not met, known now", Rank::open, one};
    if (const TargetChange* one = first([](const TargetChange& target) { return !target.after; }))
        if (!better) return {"target removed", Rank::target_removed, one};
    if (const TargetChange* one = first([](const TargetChange& target) { return target.relaxed; }))
        if (!better) return {"target relaxed, met now", Rank::relaxed, one};
    const auto met_now = [](const TargetChange& target) {
        return target.after == Verdict::met && target.before && target.before != Verdict::met && !target.relaxed;
    };
    if (const TargetChange* one = first(met_now)) return {"target met now", Rank::reached, one};
    if (const TargetChange* one = first([](const TargetChange& target) { return target.rebased; }))
        return {"target reached", Rank::reached, one};
    const auto missed = [](const TargetChange& target) {
        return target.after && target.after != Verdict::met && is_for_stream(target);
    };
    if (const TargetChange* one = better == true ? first(missed) : nullptr)
        return {"faster, target not met", Rank::better, one};
    if (const TargetChange* one = first([](const TargetChange& target) { return !target.before; }))
        if (!better)
            return {one->after == Verdict::met ? "target added, met" : "target added, not met", Rank::target_added,
                    one};
    return {"", Rank::other, nullptr};
}

/// The figure that the result is about, if it is not the lead time.
const FigureChange* figure_of(const StreamChange& change, const FigureChange* lead) {
    return lead == nullptr ? most_telling(change) : nullptr;
}

Result result_of(const DiffedMap& map, const StreamChange& change, const FigureChange* lead) {
    const auto better = lead != nullptr ? is_better(map, change, *lead) : std::nullopt;
    if (Result result = result_for_targets(change, better); !result.text.empty()) return result;
    if (better) return {*better ? "faster" : "slower", *better ? Rank::better : Rank::worse};
    if (lead != nullptr) return {fmt::format("lead time {}", knowledge_of(*lead)), Rank::open};
    const FigureChange* figure = figure_of(change, lead);
    if (figure == nullptr) return {"figures stay", Rank::other};
    const auto judged = is_better(map, change, *figure);
    if (!judged) return {fmt::format("{} changes", figure_name(figure->metric)), Rank::other};
    return {fmt::format("{} {}", figure_name(figure->metric), *judged ? "better" : "worse"),
            *judged ? Rank::better : Rank::worse};
}

/// How much longer the lead time is because of an element, in microseconds, by its known part.
double effect_of(const DiffedMap& map, const StreamChange& change, const ElementChange& one) {
    const auto share = [](const MapSide& side, ir::StreamId stream, ir::ElementId id) {
        return id.valid() ? metrics_of(*side.metrics, stream)->elements[id].share_of_lead_time : 0;
    };
    return share(map.after, change.after, one.after) - share(map.before, change.before, one.before);
}

/// The changed element that contributes most to a longer (1) or shorter (-1) lead time; null if none does.
const ElementChange* cause_of(const DiffedMap& map, const StreamChange& change, double direction) {
    const ElementChange* most = nullptr;
    double largest = 0;
    for (const ElementChange& one : change.elements) {
        const double effect = direction * effect_of(map, change, one);
        if (effect <= largest) continue;
        largest = effect;
        most = &one;
    }
    return most;
}

/// A figure, or of an unknown one the known part, before and after; empty if only one of them is known.
std::optional<Comparable> known_parts(const FigureChange& one) {
    if (is_known(one)) return Comparable{*one.before.value, *one.after.value};
    if (one.before.value || one.after.value || !one.before.at_least || !one.after.at_least) return std::nullopt;
    return Comparable{*one.before.at_least, *one.after.at_least};
}

/// The change to show of a stream: of the element that a target is for, of the one that moved the lead time most, or of
/// a %C&A if that is the result; else the first.
const ChangeRow& telling_row(const DiffedMap& map, const StreamChange& change, const FigureChange* lead,
                             const TargetChange* target, const std::vector<ChangeRow>& rows) {
    const auto first = [&](const auto& fits) {
        const auto found = std::find_if(rows.begin(), rows.end(), fits);
        return found == rows.end() ? nullptr : &*found;
    };
    if (target != nullptr && target->target->metric.element.valid()) {
        const auto of_target = [&](const ChangeRow& row) {
            return row.of != nullptr &&
                   target->target->metric.element == (target->after ? row.of->after : row.of->before);
        };
        if (const ChangeRow* row = first(of_target)) return *row;
    }
    if (const auto known = lead != nullptr ? known_parts(*lead) : std::nullopt) {
        const ElementChange* cause = cause_of(map, change, known->after < known->before ? -1 : 1);
        const auto is_name = [](const ChangeRow& row) {
            return row.what == "name" || row.what == "title" || row.what == "moved";
        };
        const auto of_cause = [&](const ChangeRow& row) { return cause != nullptr && row.of == cause; };
        if (const ChangeRow* row = first([&](const ChangeRow& one) { return of_cause(one) && !is_name(one); }))
            return *row;
        if (const ChangeRow* row = first(of_cause)) return *row;
    }
    const FigureChange* figure = figure_of(change, lead);
    if (figure != nullptr && ir::info_of(figure->metric).type == ir::MetricType::ratio)
        if (const ChangeRow* row = first([](const ChangeRow& one) { return one.what == "ca"; })) return *row;
    return rows.front();
}

/// `Approve the change: lead 5d → 2d, and 2 more`.
std::string telling_change(const DiffedMap& map, const StreamChange& change, const FigureChange* lead,
                           const TargetChange* target) {
    if (change.kind() != ChangeKind::changed) return "";
    const std::vector<ChangeRow> rows = rows_of(map, change);
    if (rows.empty()) return "";
    const ChangeRow& row = telling_row(map, change, lead, target, rows);
    std::string text = fmt::format("{}: {}", row.subject, row.what);
    if (row.kind == ChangeKind::changed)
        text +=
            fmt::format(" {} → {}", row.before.empty() ? "none" : row.before, row.after.empty() ? "none" : row.after);
    return rows.size() == 1 ? text : fmt::format("{}, and {} more", text, rows.size() - 1);
}

/// `+13d2h (+41%)`; without the part if it would round to nothing.
std::string change_with_part(Metric metric, double before, double after, const ir::Stream& stream) {
    std::string text = change_text(metric, after - before, stream);
    const auto ratio = share_of(after, before);
    if (!ratio) return text;
    const double percent = 100 * (*ratio - 1), size = std::fabs(percent);
    if (size >= 0.95) return fmt::format("{} ({:+.0f}%)", text, percent);
    return size >= 0.1 ? fmt::format("{} ({:+.1f}%)", text, percent) : text;
}

/// Fills the columns of the lead time.
void add_lead(Overview& row, const DiffedMap& map, const StreamChange& change, Metric metric,
              const FigureChange* lead) {
    const MapSide& side = change.after.valid() ? map.after : map.before;
    const ir::Stream& stream = stream_of(map, change);
    if (lead == nullptr) {
        const ir::StreamId id = change.after.valid() ? change.after : change.before;
        row.lead =
            value_text(metric, value_of(side.model->model(), stream, *metrics_of(*side.metrics, id), metric), stream);
        return;
    }
    const ApartTexts texts = value_texts(map, change, *lead);
    row.lead = fmt::format("{} → {}", texts.before, texts.after);
    const auto known = known_parts(*lead);
    if (!known || known->before == known->after) return;
    row.change = (is_known(*lead) ? "" : "known part ") + change_with_part(metric, known->before, known->after, stream);
    row.weight = std::fabs(share_of(known->after, known->before).value_or(1) - 1);
}

/// What a target demands and, unless the row has it anyway, how its figure changed: `rolled %C&A ≥ 80%: 60% → 50%`.
std::string detail_of(const DiffedMap& map, const StreamChange& change, const TargetChange& target) {
    const std::string demand =
        demand_of(target, target.after ? stream_of(map, change) : map.before.model->stream(change.before));
    const FigureChange* figure = change_of(change, target.judged_by);
    const bool shown = is_for_stream(target) && !target.target->metric.drawn;
    if (shown || figure == nullptr || target.target->metric.element.valid()) return demand;
    const ApartTexts texts = value_texts(map, change, *figure);
    return fmt::format("{}: {} → {}", demand, texts.before, texts.after);
}

Overview overview_of(const DiffedMap& map, const StreamChange& change) {
    Overview row;
    row.name = called(model_of(map, change), change.after.valid() ? change.after : change.before);
    row.file = map.path();
    row.of = &change;
    const bool stayed = change.kind() == ChangeKind::changed;
    const ir::Stream& stream = stream_of(map, change);
    const bool rework = has_rework(stream) || (stayed && has_rework(map.before.model->stream(change.before)));
    const Metric metric = rework ? Metric::expected_lead_time : Metric::lead_time;
    const FigureChange* lead = change_of(change, metric);
    add_lead(row, map, change, metric, lead);
    if (!stayed) {
        row.verdict = change.kind() == ChangeKind::added ? "new" : "removed";
        row.rank = Rank::open;
        return row;
    }
    const Result result = result_of(map, change, lead);
    row.what = telling_change(map, change, lead, result.target);
    row.verdict = result.text;
    row.rank = result.rank;
    if (result.target != nullptr) row.detail = detail_of(map, change, *result.target);
    if (const FigureChange* figure = figure_of(change, lead); figure != nullptr && result.target == nullptr) {
        const ApartTexts texts = value_texts(map, change, *figure);
        row.detail = fmt::format("{} → {}", texts.before, texts.after);
    }
    return row;
}

Overview broken_row(const DiffedMap& map) {
    Overview row;
    row.name = row.file = map.after_path;
    row.what = map.first_error;
    row.verdict = "does not compile";
    row.rank = Rank::broken;
    return row;
}

}  // namespace

std::vector<Overview> overview_of(std::span<const DiffedMap> maps) {
    std::vector<Overview> rows;
    for (const DiffedMap& map : maps) {
        if (map.after_broken) rows.push_back(broken_row(map));
        for (const StreamChange& change : map.change.streams)
            if (!change.follows) rows.push_back(overview_of(map, change));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Overview& a, const Overview& b) {
        if (a.rank != b.rank) return a.rank < b.rank;
        const bool mixed = a.rank == Rank::open || a.rank == Rank::other;
        return mixed && a.verdict != b.verdict ? a.verdict < b.verdict : a.weight > b.weight;
    });
    return rows;
}

}  // namespace vsm::runtime
