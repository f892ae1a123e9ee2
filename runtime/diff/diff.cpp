#include "runtime/diff/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "runtime/diff/diff_findings.h"
#include "runtime/diff/diff_targets.h"
#include "runtime/diff/stream_changes.h"
#include "runtime/diff/stream_pairs.h"
#include "runtime/figures/significance.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::StreamId;

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
            compare_targets(before_, after_, comparer.before_names(), comparer.match(), change);
        } else {
            list_targets(before_, after_, change);
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
                                          : team.name.value] = {properties_of(side.model->model(), team),
                                                                team.imported};
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
