// One row for each stream of a diff of many maps.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/quotient.h"
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

bool is_missed(const std::optional<Verdict>& verdict) {
    return verdict && *verdict != Verdict::met && *verdict != Verdict::unknown;
}

using Targets = std::vector<const TargetChange*>;

/// The result that matters most to a reader.
struct Result {
    std::string text;
    Rank rank = Rank::other;
    Targets targets = {};  ///< that it is about; the first one is shown
};

template <class Holds>
Targets targets_that(const StreamChange& change, const Holds& holds) {
    Targets found;
    for (const TargetChange& one : change.targets)
        if (holds(one)) found.push_back(&one);
    std::stable_partition(found.begin(), found.end(), [](const TargetChange* one) { return is_for_stream(*one); });
    return found;
}

/// What became of the targets, if that matters more than the figures; a target that a better figure makes room for does
/// not.
std::optional<Result> result_for_targets(const StreamChange& change, std::optional<bool> better) {
    const auto result = [&](std::string_view text, Rank rank, const auto& holds) -> std::optional<Result> {
        Targets found = targets_that(change, holds);
        if (found.empty()) return std::nullopt;
        return Result{std::string(text), rank, std::move(found)};
    };
    using Change = const TargetChange&;
    if (auto lost = result("target no longer met", Rank::lost, is_lost)) return lost;
    if (auto unsure = result("target no longer known to be met", Rank::lost, [](Change one) {
            return !one.tightened && one.before == Verdict::met && one.after == Verdict::unknown;
        }))
        return unsure;
    if (auto unsure = result("target unknown, was not met", Rank::missed, [](Change one) {
            return one.worse && is_missed(one.before) && one.after == Verdict::unknown;
        }))
        return unsure;
    if (auto worse = result(better == false ? "slower, target not met" : "worse, target not met", Rank::missed,
                            [](Change one) { return one.worse && is_missed(one.after); }))
        return worse;
    if (targets_that(change, [](Change one) { return is_missed(one.after); }).empty())
        if (auto worse = result(better == false ? "slower, target still met" : "worse, target still met",
                                Rank::worse_for_target, [](Change one) { return one.worse; }))
            return worse;
    if (auto known = result("target now known to be met", Rank::open,
                            [](Change one) { return one.before == Verdict::unknown && one.after == Verdict::met; }))
        return known;
    if (auto known = result("target now known not to be met", Rank::open, [&](Change one) {
            const FigureChange* figure = change_of(change, one.judged_by);
            const bool still_unknown = figure != nullptr && !figure->after.value;
            return one.before == Verdict::unknown && is_missed(one.after) && !still_unknown;
        }))
        return known;
    if (auto unsure = result("target unknown, was not met", Rank::open,
                             [](Change one) { return is_missed(one.before) && one.after == Verdict::unknown; }))
        return unsure;
    if (better != true) {
        if (auto removed = result("target removed", Rank::target_removed, [](Change one) { return !one.after; }))
            return removed;
        if (auto relaxed = result("target relaxed, and met", Rank::relaxed, [](Change one) { return one.relaxed; }))
            return relaxed;
        if (auto tightened = result("target tightened, not met", Rank::tightened,
                                    [](Change one) { return one.tightened && is_missed(one.after); }))
            return tightened;
        if (auto tightened =
                result("target tightened, unknown", Rank::tightened, [](Change one) { return one.tightened; }))
            return tightened;
    }
    if (auto met = result("target met now", Rank::reached, [](Change one) {
            return one.after == Verdict::met && one.before && one.before != Verdict::met && !one.relaxed;
        }))
        return met;
    if (auto reached = result("target reached", Rank::reached, [](Change one) { return one.rebased; })) return reached;
    if (better == true) return std::nullopt;
    if (auto added = result("target added, not met", Rank::target_added,
                            [](Change one) { return !one.before && is_missed(one.after); }))
        return added;
    return result("target added, met", Rank::target_added,
                  [](Change one) { return !one.before && one.after == Verdict::met; });
}

/// Whether the same times are unknown in both versions, so that the known parts can be compared.
bool are_unknowns_the_same(const DiffedMap& map, const StreamChange& change) {
    const auto metrics = [](const MapSide& side, ir::StreamId id) -> const auto& {
        return metrics_of(*side.metrics, id)->elements;
    };
    const auto &before = metrics(map.before, change.before), &after = metrics(map.after, change.after);
    const auto is_known = [](const auto& elements, ir::ElementId id) {
        return !id.valid() || (elements[id].lead_time.known && elements[id].rework_known);
    };
    const auto unknowns = [&](const auto& elements) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < elements.size(); ++i) count += is_known(elements, elements.id_at(i)) ? 0u : 1u;
        return count;
    };
    return unknowns(before) == unknowns(after) &&
           std::all_of(change.elements.begin(), change.elements.end(), [&](const ElementChange& one) {
               return is_known(before, one.before) == is_known(after, one.after);
           });
}

/// The lead time, or of one that stays unknown the known part, before and after; empty if they cannot be compared.
std::optional<Comparable> known_parts(const DiffedMap& map, const StreamChange& change, const FigureChange& lead) {
    if (is_known(lead)) return Comparable{*lead.before.value, *lead.after.value};
    if (lead.before.value || lead.after.value || !lead.before.at_least || !lead.after.at_least) return std::nullopt;
    if (*lead.before.at_least == *lead.after.at_least || !are_unknowns_the_same(map, change)) return std::nullopt;
    return Comparable{*lead.before.at_least, *lead.after.at_least};
}

/// The figure that the result is about, if it is not the lead time.
const FigureChange* figure_of(const StreamChange& change, const FigureChange* lead) {
    return lead == nullptr ? most_telling(change) : nullptr;
}

Result result_for_figure(const DiffedMap& map, const StreamChange& change, const FigureChange* figure) {
    if (figure == nullptr) return {"figures stay", Rank::other};
    const auto judged = is_better(map, change, *figure);
    if (!judged) return {fmt::format("{} changes", figure_name(figure->metric)), Rank::other};
    return {fmt::format("{} {}", figure_name(figure->metric), *judged ? "better" : "worse"),
            *judged ? Rank::better : Rank::worse};
}

Result result_for_lead(const DiffedMap& map, const StreamChange& change, const FigureChange& lead) {
    if (const auto better = is_better(map, change, lead))
        return {*better ? "faster" : "slower", *better ? Rank::better : Rank::worse};
    const auto known = known_parts(map, change, lead);
    if (!known || is_known(lead)) return {fmt::format("lead time {}", knowledge_of(lead)), Rank::open};
    const bool better = known->after < known->before;
    return {better ? "known part faster" : "known part slower", better ? Rank::better : Rank::worse};
}

Result result_of(const DiffedMap& map, const StreamChange& change, const FigureChange* lead) {
    const auto better = lead != nullptr ? is_better(map, change, *lead) : std::nullopt;
    if (auto result = result_for_targets(change, better)) return std::move(*result);
    if (lead == nullptr) return result_for_figure(map, change, figure_of(change, lead));
    Result result = result_for_lead(map, change, *lead);
    result.targets = targets_that(change, [](const TargetChange& one) { return is_missed(one.after); });
    if (!result.targets.empty()) result.text += ", target not met";
    return result;
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
    if (const auto known = lead != nullptr ? known_parts(map, change, *lead) : std::nullopt) {
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

/// `Approve the change: lead 5d → 2d, and 2 more`; of the stream itself without its name.
std::string telling_change(const DiffedMap& map, const StreamChange& change, const FigureChange* lead,
                           const TargetChange* target) {
    if (change.kind() != ChangeKind::changed) return "";
    const std::vector<ChangeRow> rows = rows_of(map, change);
    if (rows.empty()) return "";
    const ChangeRow& row = telling_row(map, change, lead, target, rows);
    std::string text = row.of == nullptr ? row.what : fmt::format("{}: {}", row.subject, row.what);
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
    const auto known = known_parts(map, change, *lead);
    if (!known) return;
    row.change = (is_known(*lead) ? "" : "known part ") + change_with_part(metric, known->before, known->after, stream);
    row.weight = std::fabs(share_of(known->after, known->before).value_or(1) - 1);
}

/// What a target demands and, unless the row has it anyway, how its figure changed: `rolled %C&A ≥ 80%: 60% → 50%`.
std::string detail_of(const DiffedMap& map, const StreamChange& change, const Targets& targets) {
    const TargetChange& target = *targets.front();
    std::string text =
        demand_of(target, target.after ? stream_of(map, change) : map.before.model->stream(change.before));
    const FigureChange* figure = change_of(change, target.judged_by);
    const bool shown = is_for_stream(target) && !target.target->metric.drawn;
    if (!shown && figure != nullptr && !target.target->metric.element.valid()) {
        const ApartTexts texts = value_texts(map, change, *figure);
        text += fmt::format(": {} → {}", texts.before, texts.after);
    }
    return targets.size() == 1 ? text : fmt::format("{}, and {} more", text, targets.size() - 1);
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
    const TargetChange* target = result.targets.empty() ? nullptr : result.targets.front();
    row.what = telling_change(map, change, lead, target);
    row.verdict = result.text;
    row.rank = result.rank;
    if (target != nullptr) row.detail = detail_of(map, change, result.targets);
    if (const FigureChange* figure = figure_of(change, lead); figure != nullptr && target == nullptr) {
        const ApartTexts texts = value_texts(map, change, *figure);
        row.detail = fmt::format("{} → {}", texts.before, texts.after);
    }
    return row;
}

Overview broken_row(const DiffedMap& map) {
    Overview row;
    row.name = row.file = map.after_path;
    row.what = map.first_error;
    if (!map.may_hold.empty())
        row.what += fmt::format("{}may contain {}{}", row.what.empty() ? "" : "; ", map.may_hold.front().first,
                                map.may_hold.size() == 1 ? "" : fmt::format(" and {} more", map.may_hold.size() - 1));
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
