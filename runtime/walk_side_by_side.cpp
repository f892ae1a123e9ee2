// Walks through what runs side by side: what one visit of it takes, and where it leads.
#include <algorithm>
#include <utility>

#include "runtime/timeline.h"
#include "runtime/walk_sinks.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;

/// Whether what it leads to uses no `once` up.
template <class Outcomes>
bool is_plain(const Outcomes& outcomes, std::uint32_t used) {
    return std::all_of(outcomes.begin(), outcomes.end(), [&](const auto& one) { return one.used == used; });
}

/// Of the plain ones among several side by side, by rank: the probability that none of them asks for a lower one. Each rank that one of them
/// asks for leaves a part of that probability, so all ranks together cost no more than what is asked.
template <class Members, class RankOf>
std::vector<double> later_of_plain(const Members& members, std::uint32_t used, std::size_t ranks, const RankOf& rank) {
    double all = 1;
    std::vector<double> left(ranks + 1, 1.0);
    for (const auto& outcomes : members) {
        if (!is_plain(outcomes, used)) continue;
        std::map<std::size_t, double> shares;
        for (const auto& one : outcomes) shares[rank(one.target)] += one.share;
        double after = 0;
        for (auto at = shares.rbegin(); at != shares.rend(); ++at) {
            left[at->first] *= after / (after + at->second);
            after += at->second;
        }
        all *= after;
    }
    std::vector<double> later{all};
    for (std::size_t t = 0; t < ranks; ++t) later.push_back(later.back() * left[t]);
    return later;
}

}  // namespace

const Passage& Walk::visit_of(const Stop& stop, std::uint32_t used) {
    if (stop.kind == Stop::Kind::side_by_side)
        return kernel(stop.unit, stop.variant, used & routes_.units()[stop.unit].used).passage;
    return stop.element == otherwise_.leaf ? otherwise_.passage : passages_[stop.element.index];
}

const Walk::Kernel& Walk::kernel(std::uint32_t unit, std::uint32_t variant, std::uint32_t used) {
    Kernels& known = changed_[unit] ? other_kernels_[unit] : kernels_[unit];
    const auto found = known.find({variant, used});
    if (found != known.end()) return found->second;
    Kernel made = make_kernel(unit, variant, used);
    return known.emplace(std::pair(variant, used), std::move(made)).first->second;
}

std::uint32_t Walk::entry_of(const Unit& unit, const Variant& variant, std::size_t member) const {
    if (!variant.start.valid() || variant.member != member) return 0;
    return *routes_.stop_of(unit.members[member].chain, variant.start);
}

Walk::Kernel Walk::make_kernel(std::uint32_t number, std::uint32_t variant_number, std::uint32_t used) {
    const Unit& unit = routes_.units()[number];
    const Variant& variant = unit.variants[variant_number];
    const std::size_t count = unit.members.size();
    Kernel made;
    made.longest.assign(count, 0);
    made.runs.assign(count, variant.start.valid() ? 0 : 1);
    if (variant.start.valid()) {
        made.runs[variant.member] = 1;
        for (std::size_t i = variant.member + 1; i < count; ++i)
            for (const std::size_t b : unit.members[i].before) made.runs[i] = made.runs[i] || made.runs[b];
    }
    std::vector<Passage> passages(count);
    std::vector<std::vector<Outcome>> outcomes;
    for (std::size_t i = 0; i < count; ++i) {
        if (!made.runs[i]) continue;
        Sum sum(*this, unit.members[i].chain);
        flow(unit.members[i].chain, {{entry_of(unit, variant, i), used, 1}}, sum);
        passages[i] = sum.passage;
        const bool plain = sum.outcomes.size() == 1 && !sum.outcomes[0].target.valid() && sum.outcomes[0].used == used;
        if (!plain) outcomes.push_back(std::move(sum.outcomes));
    }
    time_side_by_side(unit, variant.start.valid() ? variant.member : count, passages, made);
    made.outcomes = combined(outcomes, used);
    return made;
}

/// The longest way through those that run; with a `start`, from that member on.
void Walk::time_side_by_side(const Unit& unit, std::size_t start, std::vector<Passage>& members, Kernel& kernel) const {
    if (!unit.graph) {
        const Longest longest = longest_of(members);
        kernel.passage = longest.passage;
        if (longest.candidates.size() == 1) kernel.longest[longest.candidates.front()] = 1;
        return;
    }
    BodyGraph graph;
    std::vector<std::size_t> position(members.size()), original;
    std::vector<char> followed;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!kernel.runs[i]) continue;
        position[i] = original.size();
        original.push_back(i);
        followed.push_back(0);
        graph.order.push_back({static_cast<std::uint32_t>(i)});
        graph.before.emplace_back();
        for (const std::size_t b : unit.members[i].before) {
            if (i == start || !kernel.runs[b]) continue;
            graph.before.back().push_back(position[b]);
            followed[position[b]] = 1;
        }
    }
    for (std::size_t i = 0; i < original.size(); ++i)
        if (!followed[i]) graph.ends.push_back(i);
    const Ways ways = ways_through(graph, members);
    kernel.passage = ways.passage;
    const std::vector<OnTimeline> on = on_longest(ways);
    for (std::size_t i = 0; i < original.size(); ++i) kernel.longest[original[i]] = on[i] == OnTimeline::yes;
}

/// All finish; then the earliest of the places that any of them asks for is gone back to. The members know nothing of one another,
/// so the probability that nobody asks for a place before the t-th is the product of theirs; likewise for what they use up.
std::vector<Walk::Outcome> Walk::combined(const std::vector<std::vector<Outcome>>& members, std::uint32_t used) {
    std::vector<ElementId> targets;
    for (const auto& outcomes : members)
        for (const Outcome& outcome : outcomes)
            if (outcome.target.valid()) targets.push_back(outcome.target);
    std::sort(targets.begin(), targets.end(),
              [&](ElementId a, ElementId b) { return routes_.order_of(a) < routes_.order_of(b); });
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    const auto rank = [&](ElementId target) {
        if (!target.valid()) return targets.size();
        const auto place = std::lower_bound(targets.begin(), targets.end(), target, [&](ElementId a, ElementId b) {
            return routes_.order_of(a) < routes_.order_of(b);
        });
        return static_cast<std::size_t>(place - targets.begin());
    };
    // By what is used up: the probability that the earliest place asked for is the t-th or later.
    work_ += members.size() + targets.size();
    using Later = std::map<std::uint32_t, std::vector<double>>;
    Later all{{used, later_of_plain(members, used, targets.size(), rank)}};
    for (const auto& outcomes : members) {
        if (is_plain(outcomes, used)) continue;
        work_ += targets.size();
        Later own;
        for (const Outcome& outcome : outcomes) {
            auto& later = own[outcome.used];
            later.resize(targets.size() + 1);
            later[rank(outcome.target)] += outcome.share;
        }
        for (auto& [bits, later] : own)
            for (std::size_t t = targets.size(); t-- > 0;) later[t] += later[t + 1];
        work_ += all.size() * own.size() * (targets.size() + 1);
        Later both;
        for (const auto& [a, before] : all) {
            for (const auto& [b, later] : own) {
                auto& sum = both[a | b];
                sum.resize(targets.size() + 1);
                for (std::size_t t = 0; t <= targets.size(); ++t) sum[t] += before[t] * later[t];
            }
        }
        all = std::move(both);
    }
    std::vector<Outcome> outcomes;
    for (const auto& [bits, later] : all) {
        for (std::size_t t = 0; t < targets.size(); ++t)
            if (const double share = later[t] - later[t + 1]; share > 0) outcomes.push_back({targets[t], bits, share});
        if (later.back() > 0) outcomes.push_back({{}, bits, later.back()});
    }
    return outcomes;
}

}  // namespace vsm::runtime
