#include "runtime/diff/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>

#include "runtime/diff/diff_findings.h"
#include "runtime/diff/stream_changes.h"
#include "runtime/diff/stream_pairs.h"
#include "runtime/figures/significance.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::StreamId;

/// The severity of a verdict.
int rank_of(Verdict verdict) { return static_cast<int>(verdict); }

/// Grows as the figure moves away from the target; empty if unknown. Comparable only for one target and bound.
std::optional<double> distance_of(const MetricValue& figure, const ir::Target& target,
                                  const std::optional<double>& bound) {
    if (!figure.value) return std::nullopt;
    switch (target.relation) {
        case ir::Relation::at_most:
        case ir::Relation::below: return *figure.value;
        case ir::Relation::at_least:
        case ir::Relation::above: return -*figure.value;
        case ir::Relation::equal: break;
    }
    return bound ? std::optional(std::fabs(*figure.value - *bound)) : std::nullopt;
}

bool further(ir::Metric metric, const std::optional<double>& before, const std::optional<double>& after) {
    if (!before) return false;
    if (!after) return true;
    return *after > *before && is_change(metric, *before, *after);
}

std::vector<StreamId> own_streams_of(const MapSide& side) {
    return side.model == nullptr ? std::vector<StreamId>() : own_streams(*side.model);
}

/// All streams of both versions.
CompareScope scope_of(const MapSide& before, const MapSide& after) {
    CompareScope scope{own_streams_of(before), own_streams_of(after), {}, false};
    std::vector<StreamSketch> old, fresh;
    for (const StreamId id : scope.before) old.push_back(sketch_of(*before.model, id, ""));
    for (const StreamId id : scope.after) fresh.push_back(sketch_of(*after.model, id, ""));
    const StreamPairs pairs = pair_streams(old, fresh, [](std::size_t, std::size_t) { return false; });
    for (std::size_t i = 0; i < pairs.size(); ++i)
        if (pairs[i]) scope.pairs.emplace(scope.before[i], scope.after[*pairs[i]]);
    return scope;
}

class MapComparer {
public:
    MapComparer(const MapSide& before, const MapSide& after, const CompareScope& scope)
        : before_(before), after_(after), scope_(scope) {
        for (const auto& [one, other] : scope.pairs) before_of_.emplace(other, one);
    }

    MapChange run() {
        if (!scope_.streams_alone) compare_teams();
        for (const StreamId id : scope_.after) stream(partner_of_after(id), id);
        for (const StreamId id : scope_.before)
            if (!scope_.pairs.contains(id)) stream({}, id, true);
        mark_followers();
        std::erase_if(change_.streams, [](const StreamChange& one) { return is_same(one); });
        compare_findings(before_, after_, scope_, names_after_, change_);
        return std::move(change_);
    }

private:
    StreamId partner_of_after(StreamId after) const {
        const auto found = before_of_.find(after);
        return found == before_of_.end() ? StreamId{} : found->second;
    }

    void stream(StreamId before, StreamId after, bool removed = false) {
        if (removed) std::swap(before, after);
        StreamChange change;
        change.before = before;
        change.after = after;
        if (before.valid() && after.valid()) {
            const ir::Stream &old = before_.model->stream(before), &fresh = after_.model->stream(after);
            change.renamed = old.name.value != fresh.name.value;
            const StreamComparer comparer({before_.model->model(), old}, {after_.model->model(), fresh});
            comparer.run(change);
            names_after_.emplace(before, names_of(old, fresh, comparer.match()));
            figures(change, comparer);
            targets(change, comparer.before_names());
        } else {
            const MapSide& side = removed ? before_ : after_;
            const StreamId id = removed ? before : after;
            for (JudgedTarget& judged : judged_of(side, id))
                target(change, side.model->stream(id), removed ? &judged : nullptr, removed ? nullptr : &judged);
        }
        change_.streams.push_back(std::move(change));
    }

    /// The label after of each element, by its label before.
    static std::map<std::string, std::string> names_of(const ir::Stream& before, const ir::Stream& after,
                                                       const Match& match) {
        std::map<std::string, std::string> names;
        for (std::size_t i = 0; i < before.elements.size(); ++i) {
            const ElementId id = before.elements.id_at(i);
            if (match.after_of[id].valid())
                names.emplace(before.elements[id].label, after.elements[match.after_of[id]].label);
        }
        return names;
    }

    void figures(StreamChange& change, const StreamComparer& comparer) const {
        const StreamMetrics* before = metrics_of(*before_.metrics, change.before);
        const StreamMetrics* after = metrics_of(*after_.metrics, change.after);
        const ir::Stream &old = before_.model->stream(change.before), &fresh = after_.model->stream(change.after);
        for (const ir::MetricInfo& info : ir::all_metrics()) {
            if (info.of_element()) continue;
            MetricValue was = value_of(before_.model->model(), old, *before, info.metric);
            MetricValue is = value_of(after_.model->model(), fresh, *after, info.metric);
            if (info.metric == ir::Metric::time_constraint) {
                was.name = joined(held_up_by(*before), [&](ElementId id) { return old.elements[id].label; });
                is.name = joined(held_up_by(*after), comparer.after_names());
                if (joined(held_up_by(*before), comparer.before_names()) == is.name) continue;
            }
            if (info.metric == ir::Metric::load_constraint && names_now(*before, comparer) == is.name) continue;
            if (was.value && is.value) {
                const Comparable both = comparable(info.metric, *was.value, old.calendar, *is.value, fresh.calendar);
                if (!is_change(info.metric, both.before, both.after)) continue;
            }
            if (is_change(info.metric, was, is)) change.figures.push_back({info.metric, std::move(was), std::move(is)});
        }
    }

    static std::string joined(const std::vector<ElementId>& ids, const NameOf& name_of) {
        std::string names;
        for (const ElementId id : ids) names += (names.empty() ? "" : ", ") + name_of(id);
        return names;
    }

    std::string names_now(const StreamMetrics& before, const StreamComparer& comparer) const {
        if (!before.load.constraint) return "";
        const auto* id = std::get_if<ElementId>(&*before.load.constraint);
        return id != nullptr
                   ? comparer.before_names()(*id)
                   : name_of_load_constraint(before_.model->model(), before_.model->stream(before.stream), before.load);
    }

    static std::vector<JudgedTarget> judged_of(const MapSide& side, StreamId id) {
        return judge(*side.model, id, *side.metrics);
    }

    /// Pairs targets with equal text, then targets for the same metric.
    void targets(StreamChange& change, const NameOf& before_names) const {
        const std::vector<JudgedTarget> before = judged_of(before_, change.before),
                                        after = judged_of(after_, change.after);
        const ir::Stream &old = before_.model->stream(change.before), &fresh = after_.model->stream(change.after);
        std::vector<bool> taken(before.size());
        std::vector<std::size_t> partner(after.size(), before.size());
        // equal keys pair up in order
        const auto pair_by = [&](const auto& look_before, const auto& look_after) {
            std::map<std::string, std::deque<std::size_t>> free;
            for (std::size_t k = 0; k < before.size(); ++k)
                if (!taken[k]) free[look_before(*before[k].target)].push_back(k);
            for (std::size_t i = 0; i < after.size(); ++i) {
                if (partner[i] < before.size()) continue;
                const auto found = free.find(look_after(*after[i].target));
                if (found == free.end() || found->second.empty()) continue;
                partner[i] = found->second.front();
                taken[partner[i]] = true;
                found->second.pop_front();
            }
        };
        const NameOf names = [&](ElementId id) { return fresh.elements[id].label; };
        const auto subject = [](const ir::MetricPath& path, const NameOf& name) {
            return fmt::format("{} {}", ir::info_of(path.metric).key, path.element.valid() ? name(path.element) : "");
        };
        pair_by([&](const ir::Target& one) { return written(one, before_names); },
                [&](const ir::Target& one) { return written(one, names); });
        pair_by([&](const ir::Target& one) { return subject(one.metric, before_names); },
                [&](const ir::Target& one) { return subject(one.metric, names); });
        for (std::size_t i = 0; i < after.size(); ++i)
            target(change, fresh, partner[i] < before.size() ? &before[partner[i]] : nullptr, &after[i]);
        for (std::size_t k = 0; k < before.size(); ++k)
            if (!taken[k]) target(change, old, &before[k], nullptr);
    }

    void target(StreamChange& change, const ir::Stream& stream, const JudgedTarget* before,
                const JudgedTarget* after) const {
        const ir::Target& shown = after != nullptr ? *after->target : *before->target;
        TargetChange one;
        one.text = written(shown, [&](ElementId id) { return stream.elements[id].label; });
        one.target = &shown;
        if (before != nullptr) one.before = before->verdict;
        if (after != nullptr) one.after = after->verdict;
        one.rebased = before != nullptr && after != nullptr && is_rebased(change, *before, *after);
        one.relaxed = before != nullptr && after != nullptr && is_relaxed(change, *before, *after);
        one.worse = got_worse(change, before, after, one.rebased);
        change.targets.push_back(std::move(one));
    }

    /// The value that a target judges: that of its future for a future's own target.
    static const MetricValue& reached(const JudgedTarget& judged) {
        return judged.own && !judged.futures.empty() ? judged.futures.front().value : judged.current;
    }

    /// The value after of the metric that the target before reads: a target changed to `drawn.lead_time` would
    /// otherwise seem to improve.
    MetricValue read_after(const StreamChange& change, const JudgedTarget& before, const JudgedTarget& after) const {
        if (before.judged_by == after.judged_by || before.target->metric.element.valid()) return reached(after);
        return value_of(after_.model->model(), after_.model->stream(change.after),
                        *metrics_of(*after_.metrics, change.after), before.judged_by);
    }

    /// A future was to meet the target, and the figure has reached the old bound, so the relative bound now refers to
    /// the new figure.
    bool is_rebased(const StreamChange& change, const JudgedTarget& before, const JudgedTarget& after) const {
        const bool promised = before.verdict == Verdict::met_by_future || before.verdict == Verdict::met_too_late;
        const bool relative = is_relative(*before.target) && is_relative(*after.target);
        return promised && relative && before.bound && rank_of(after.verdict) > rank_of(Verdict::met) &&
               holds(read_after(change, before, after), before.target->relation, *before.bound) == Answer::yes;
    }

    bool is_relaxed(const StreamChange& change, const JudgedTarget& before, const JudgedTarget& after) const {
        return before.verdict != Verdict::met && after.verdict == Verdict::met && !is_relative(*before.target) &&
               before.bound &&
               holds(read_after(change, before, after), before.target->relation, *before.bound) == Answer::no;
    }

    /// Whether the target's figure or verdict got worse; for a target that this change adds or removes, its figure.
    bool got_worse(const StreamChange& change, const JudgedTarget* before, const JudgedTarget* after,
                   bool rebased) const {
        if (!change.before.valid() || !change.after.valid()) return false;
        if (before != nullptr && after != nullptr)
            return further(before->judged_by, distance_of(reached(*before), *before->target, before->bound),
                           distance_of(read_after(change, *before, *after), *before->target, before->bound)) ||
                   (!rebased && rank_of(after->verdict) > rank_of(before->verdict));
        const ir::Target& target = before != nullptr ? *before->target : *after->target;
        if (target.metric.element.valid()) return false;
        const auto value = [&](const MapSide& side, StreamId id) {
            return value_of(side.model->model(), side.model->stream(id), *metrics_of(*side.metrics, id),
                            judged_by(target.metric));
        };
        const auto& bound = before != nullptr ? before->bound : after->bound;
        return further(judged_by(target.metric), distance_of(value(before_, change.before), target, bound),
                       distance_of(value(after_, change.after), target, bound));
    }

    struct Declared {
        std::vector<Property> properties;
        bool imported = false;
    };

    /// Teams by name, and under the empty name the `allow` statements of the whole file.
    static std::map<std::string, Declared> declared_in(const MapSide& side) {
        std::map<std::string, Declared> all;
        for (const ir::Team& team : side.model->model().teams)
            if (team.declared)
                all[team.local_to.valid() ? side.model->stream(team.local_to).name.value + "." + team.name.value
                                          : team.name.value] = {properties_of(team), team.imported};
        for (const ir::Allow& allow : side.model->model().allows)
            if (allow.rule)
                all[""].properties.push_back(
                    {fmt::format("allow {}", info_of(*allow.rule).name), allow.reason, allow.reason});
        return all;
    }

    void compare_teams() {
        if (before_.model == nullptr || after_.model == nullptr) return;
        const auto before = declared_in(before_), after = declared_in(after_);
        for (const auto& [name, team] : after) {
            const auto old = before.find(name);
            std::vector<ValueChange> values = changes_between(
                old == before.end() ? std::vector<Property>{} : old->second.properties, team.properties);
            const ChangeKind kind = old == before.end() && !name.empty() ? ChangeKind::added : ChangeKind::changed;
            if (kind == ChangeKind::added || !values.empty())
                change_.teams.push_back({name, kind, std::move(values), team.imported});
        }
        for (const auto& [name, team] : before) {
            if (after.contains(name)) continue;
            const ChangeKind kind = name.empty() ? ChangeKind::changed : ChangeKind::removed;
            change_.teams.push_back({name, kind, changes_between(team.properties, {}), team.imported});
        }
    }

    /// Whether there is nothing to report. A target's verdict may differ without a change of this stream, because of a
    /// future.
    static bool is_same(const StreamChange& one) {
        const bool verdicts = std::any_of(one.targets.begin(), one.targets.end(),
                                          [](const TargetChange& target) { return target.before != target.after; });
        return one.kind() == ChangeKind::changed && !one.renamed && one.values.empty() && one.elements.empty() &&
               one.figures.empty() && !verdicts;
    }

    /// Removes from each future the changes that its base reports already.
    void mark_followers() {
        std::map<StreamId, const StreamChange*> changes;
        for (const StreamChange& one : change_.streams)
            if (one.kind() == ChangeKind::changed) changes.emplace(one.after, &one);
        for (StreamChange& one : change_.streams) {
            if (one.kind() != ChangeKind::changed || !after_.model->stream(one.after).future) continue;
            const StreamId base = after_.model->stream(one.after).future->of;
            const auto found = changes.find(base);
            if (found == changes.end()) continue;
            const StreamChange* of = found->second;
            const std::size_t own = one.elements.size();
            for (ElementChange& element : one.elements) take_told(element, one, *of);
            std::erase_if(one.elements, [](const ElementChange& element) {
                return element.kind() == ChangeKind::changed && !element.renamed && !element.moved() &&
                       element.values.empty();
            });
            std::erase_if(one.values, [&](const ValueChange& value) { return value.name == "of" && of->renamed; });
            one.follows = own > 0 && one.elements.empty() && one.values.empty() && !one.renamed;
        }
    }

    const std::string& label(const MapSide& side, StreamId stream, ElementId id) const {
        static const std::string none;
        return stream.valid() && id.valid() ? side.model->stream(stream).elements[id].label : none;
    }

    /// Removes from an element of a future what its base reports for the same element. An addition or removal with the
    /// base becomes an empty change.
    void take_told(ElementChange& one, const StreamChange& future, const StreamChange& base) const {
        const auto key = [&](const StreamChange& stream, const ElementChange& element) {
            return label(before_, stream.before, element.before) + "/" + label(after_, stream.after, element.after);
        };
        auto& told = told_[base.after];
        if (told.empty())
            for (const ElementChange& other : base.elements) told.emplace(key(base, other), &other);
        const auto found = told.find(key(future, one));
        if (found == told.end()) return;
        const ElementChange& other = *found->second;
        std::erase_if(one.values, [&](const ValueChange& value) {
            return std::find(other.values.begin(), other.values.end(), value) != other.values.end();
        });
        if (one.moved_from == other.moved_from && one.moved_to == other.moved_to)
            one.moved_from.clear(), one.moved_to.clear();
        one.renamed = false;
        if (one.kind() == ChangeKind::changed) return;
        // With both sides valid and no values it counts as unchanged, so the caller erases it.
        one.before = one.after = one.after.valid() ? one.after : one.before;
    }

    const MapSide &before_, &after_;
    const CompareScope& scope_;
    std::map<StreamId, StreamId> before_of_;  ///< by stream after
    std::map<StreamId, std::map<std::string, std::string>> names_after_;
    mutable std::map<StreamId, std::map<std::string, const ElementChange*>> told_;
    MapChange change_;
};

}  // namespace

std::string_view name_of(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::added: return "added";
        case ChangeKind::removed: return "removed";
        case ChangeKind::changed: return "changed";
    }
    return "";
}

bool MapChange::worse() const {
    const auto any_worse = [](const StreamChange& stream) {
        return std::any_of(stream.targets.begin(), stream.targets.end(),
                           [](const TargetChange& one) { return one.worse; });
    };
    return std::any_of(streams.begin(), streams.end(), any_worse);
}

MapChange compare_maps(const MapSide& before, const MapSide& after) {
    return compare_maps(before, after, scope_of(before, after));
}

MapChange compare_maps(const MapSide& before, const MapSide& after, const CompareScope& scope) {
    return MapComparer(before, after, scope).run();
}

Comparable comparable(ir::Metric metric, double before, const Calendar& old, double after, const Calendar& fresh) {
    if (ir::info_of(metric).type == ir::MetricType::rate)
        before *= static_cast<double>(old.day.microseconds) / static_cast<double>(fresh.day.microseconds);
    return {before, after};
}

std::optional<ir::Metric> process_time_of(ir::Metric metric) {
    using ir::Metric;
    switch (metric) {
        case Metric::activity_ratio:
        case Metric::pce: return Metric::process_time;
        case Metric::best_activity_ratio:
        case Metric::best_pce: return Metric::best_process_time;
        case Metric::worst_activity_ratio:
        case Metric::worst_pce: return Metric::worst_process_time;
        default: return std::nullopt;
    }
}

Better better_of(ir::Metric metric) {
    using ir::Metric;
    switch (metric) {
        case Metric::steps:
        case Metric::takt:
        case Metric::time_constraint:
        case Metric::load_constraint: return Better::neither;
        case Metric::throughput:
        case Metric::dora_deployment_frequency: return Better::larger;
        case Metric::dora_change_failure_rate:
        case Metric::dora_deployment_rework_rate: return Better::smaller;
        default: return ir::info_of(metric).type == ir::MetricType::ratio ? Better::larger : Better::smaller;
    }
}

}  // namespace vsm::runtime
