#include "runtime/diff/diff_targets.h"

#include <fmt/format.h>

#include <cmath>
#include <deque>
#include <map>

#include "runtime/figures/metric_values.h"
#include "runtime/figures/significance.h"

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

std::vector<JudgedTarget> judged_of(const MapSide& side, StreamId id) { return judge(*side.model, id, *side.metrics); }

class TargetComparer {
public:
    TargetComparer(const MapSide& before, const MapSide& after, const Match& match, StreamChange& change)
        : before_(before), after_(after), match_(match), change_(change) {}

    /// Pairs targets with equal text, then targets for the same metric.
    void run(const NameOf& before_names) {
        const std::vector<JudgedTarget> before = judged_of(before_, change_.before),
                                        after = judged_of(after_, change_.after);
        const ir::Stream &old = before_.model->stream(change_.before), &fresh = after_.model->stream(change_.after);
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
            target(fresh, partner[i] < before.size() ? &before[partner[i]] : nullptr, &after[i]);
        for (std::size_t k = 0; k < before.size(); ++k)
            if (!taken[k]) target(old, &before[k], nullptr);
    }

    void target(const ir::Stream& stream, const JudgedTarget* before, const JudgedTarget* after) {
        const ir::Target& shown = after != nullptr ? *after->target : *before->target;
        TargetChange one;
        one.text = written(shown, [&](ElementId id) { return stream.elements[id].label; });
        one.target = &shown;
        one.judged_by = (after != nullptr ? after : before)->judged_by;
        one.bound = (after != nullptr ? after : before)->bound;
        if (before != nullptr) one.before = before->verdict;
        if (after != nullptr) one.after = after->verdict;
        one.rebased = before != nullptr && after != nullptr && is_rebased(*before, *after);
        one.relaxed = before != nullptr && after != nullptr && is_relaxed(*before, *after);
        one.tightened = before != nullptr && after != nullptr && !one.rebased && is_tightened(*before, *after);
        one.worse = got_worse(before, after, one.rebased || one.tightened);
        change_.targets.push_back(std::move(one));
    }

    /// The value that a target judges: that of its future for a future's own target.
    static const MetricValue& reached(const JudgedTarget& judged) {
        return judged.own && !judged.futures.empty() ? judged.futures.front().value : judged.current;
    }

    /// The value after of the metric that the target before reads: a target changed to `drawn.lead_time` would
    /// otherwise seem to improve.
    MetricValue read_after(const JudgedTarget& before, const JudgedTarget& after) const {
        if (before.judged_by == after.judged_by || before.target->metric.element.valid()) return reached(after);
        return value_of(after_.model->model(), after_.model->stream(change_.after),
                        *metrics_of(*after_.metrics, change_.after), before.judged_by);
    }

    /// A future was to meet the target, and the figure has reached the old bound, so the relative bound now refers to
    /// the new figure.
    bool is_rebased(const JudgedTarget& before, const JudgedTarget& after) const {
        const bool promised = before.verdict == Verdict::met_by_future || before.verdict == Verdict::met_too_late;
        const bool relative = is_relative(*before.target) && is_relative(*after.target);
        return promised && relative && before.bound && rank_of(after.verdict) > rank_of(Verdict::met) &&
               holds(read_after(before, after), before.target->relation, *before.bound) == Answer::yes;
    }

    bool is_relaxed(const JudgedTarget& before, const JudgedTarget& after) const {
        return before.verdict != Verdict::met && after.verdict == Verdict::met && !is_relative(*before.target) &&
               before.bound && holds(read_after(before, after), before.target->relation, *before.bound) == Answer::no;
    }

    /// The worse verdict comes from the new bound or date alone: each target by itself has no worse verdict on the new
    /// figures than on the old ones.
    bool is_tightened(const JudgedTarget& before, const JudgedTarget& after) const {
        if (before.judged_by != after.judged_by || rank_of(after.verdict) <= rank_of(before.verdict)) return false;
        const ir::Model &old = before_.model->model(), &fresh = after_.model->model();
        return rank_of(verdict_with(after, fresh, *before.target)) <= rank_of(before.verdict) &&
               rank_of(verdict_with(before, old, *after.target)) >= rank_of(after.verdict);
    }

    /// Whether the target's figure or verdict got worse; for a target that this change adds or removes, its figure.
    /// `moved`: the verdict is worse because the target is another one.
    bool got_worse(const JudgedTarget* before, const JudgedTarget* after, bool moved) const {
        if (!change_.before.valid() || !change_.after.valid()) return false;
        if (before != nullptr && after != nullptr)
            return further(before->judged_by, distance_of(reached(*before), *before->target, before->bound),
                           distance_of(read_after(*before, *after), *before->target, before->bound)) ||
                   (!moved && rank_of(after->verdict) > rank_of(before->verdict) &&
                    !(before->verdict == Verdict::not_met && after->verdict == Verdict::unknown));
        return before != nullptr ? figure_got_worse(*before, true) : figure_got_worse(*after, false);
    }

    /// Whether the figure of a target that only one version has got worse. An element that only one version has has no
    /// figure in the other.
    bool figure_got_worse(const JudgedTarget& judged, bool is_before) const {
        const ir::Target& target = *judged.target;
        const ElementId own = target.metric.element;
        const ElementId other = !own.valid() ? own : is_before ? match_.after_of[own] : match_.before_of[own];
        if (own.valid() && !other.valid()) return false;
        const auto value = [&](const MapSide& side, StreamId id, ElementId element) {
            return value_of(side.model->model(), side.model->stream(id), *metrics_of(*side.metrics, id),
                            judged_by(target.metric), element);
        };
        const MetricValue old = value(before_, change_.before, is_before ? own : other),
                          fresh = value(after_, change_.after, is_before ? other : own);
        return further(judged_by(target.metric), distance_of(old, target, judged.bound),
                       distance_of(fresh, target, judged.bound));
    }

    const MapSide &before_, &after_;
    const Match& match_;
    StreamChange& change_;
};

}  // namespace

void compare_targets(const MapSide& before, const MapSide& after, const NameOf& before_names, const Match& match,
                     StreamChange& change) {
    TargetComparer(before, after, match, change).run(before_names);
}

void list_targets(const MapSide& before, const MapSide& after, StreamChange& change) {
    const bool removed = !change.after.valid();
    const MapSide& side = removed ? before : after;
    const StreamId id = removed ? change.before : change.after;
    const Match none;
    TargetComparer comparer(before, after, none, change);
    for (const JudgedTarget& judged : judged_of(side, id))
        comparer.target(side.model->stream(id), removed ? &judged : nullptr, removed ? nullptr : &judged);
}

}  // namespace vsm::runtime
