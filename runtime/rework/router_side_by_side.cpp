// Solves units: the visits of their members for one entry, and their outcomes.
#include <algorithm>
#include <utility>

#include "runtime/rework/router_sinks.h"

namespace vsm::runtime {
namespace {

/// The rework targets by order, earliest first.
std::vector<std::uint32_t> targets_of(const std::vector<std::vector<Outcome>>& members) {
    std::vector<std::uint32_t> targets;
    for (const auto& outcomes : members)
        for (const Outcome& outcome : outcomes)
            if (outcome.target != none) targets.push_back(outcome.target);
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    return targets;
}

/// Whether no outcome uses up a `once`.
template <class Outcomes>
bool is_plain(const Outcomes& outcomes, std::uint32_t used) {
    return std::all_of(outcomes.begin(), outcomes.end(), [&](const auto& one) { return one.used == used; });
}

/// For the plain members of a unit, by rank: the probability that none of them requests an earlier target. Each
/// requested rank takes a share of that probability, so all ranks together cost no more than the requests.
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

const Kernel& Router::kernel(std::uint32_t unit, UnitEntry begun) {
    Kernels& known = changed_[unit] ? other_kernels_[unit] : kernels_[unit];
    const auto found = known.find(begun);
    if (found != known.end()) return found->second;
    Kernel made = make_kernel(unit, begun);
    return known.emplace(begun, std::move(made)).first->second;
}

Kernel Router::make_kernel(std::uint32_t number, UnitEntry begun) {
    const Unit& unit = routes_.units()[number];
    const Variant& variant = unit.variants[begun.variant];
    const std::size_t count = unit.members.size();
    Kernel made;
    made.runs.assign(count, variant.start.valid() ? 0 : 1);
    if (variant.start.valid()) {
        made.runs[variant.member] = 1;
        for (std::size_t i = variant.member + 1; i < count; ++i)
            for (const std::size_t b : unit.members[i].before) made.runs[i] = std::max(made.runs[i], made.runs[b]);
    }
    made.members.resize(count);
    std::vector<std::vector<Outcome>> outcomes(count);  // empty if the member does not run, or always continues
    for (std::size_t i = 0; i < count; ++i) {
        if (!(made.runs[i] > 0)) continue;
        const std::uint32_t chain = unit.members[i].chain;
        const bool begins = variant.start.valid() && variant.member == i;
        Record record(routes_, chain, 0, static_cast<std::uint32_t>(routes_.chains()[chain].states.size()) - 1);
        flow(chain, {{begins ? *routes_.state_of(chain, variant.start) : 0, begun.used, 1}}, record);
        made.members[i] = std::move(record.visits);
        const bool plain =
            record.outcomes.size() == 1 && record.outcomes[0].target == none && record.outcomes[0].used == begun.used;
        if (!plain) outcomes[i] = std::move(record.outcomes);
    }
    const bool waits =
        std::any_of(unit.members.begin(), unit.members.end(), [](const Member& one) { return !one.before.empty(); });
    if (waits) weigh_runs(unit, outcomes, made);
    if (waits && unit.exact) {
        made.outcomes = combined_in_graph(unit, outcomes, begun.used);
    } else {
        std::erase_if(outcomes, [](const auto& one) { return one.empty(); });
        made.outcomes = combined(outcomes, begun.used);
    }
    return made;
}

/// A member that requests rework stops those that wait for it, so a member runs if all its direct and indirect
/// predecessors continue. Members are independent.
void Router::weigh_runs(const Unit& unit, const std::vector<std::vector<Outcome>>& outcomes, Kernel& kernel) const {
    const std::size_t count = unit.members.size();
    std::vector<std::size_t> asking;
    std::vector<double> going_on(count, 1);
    const std::vector<double> begun = kernel.runs;  // 1 for members that run if nobody requests rework
    for (std::size_t i = 0; i < count; ++i) {
        if (outcomes[i].empty()) continue;
        going_on[i] = 0;
        for (const Outcome& one : outcomes[i])
            if (one.target == none) going_on[i] += one.share;
        if (going_on[i] < 1) asking.push_back(i);
    }
    if (asking.empty()) return;
    std::vector<std::vector<bool>> before(count);  // the requesting members among its predecessors
    for (std::size_t i = 0; i < count; ++i) {
        before[i].assign(asking.size(), false);
        for (const std::size_t b : unit.members[i].before) {
            if (!(begun[b] > 0)) continue;
            for (std::size_t k = 0; k < asking.size(); ++k)
                if (before[b][k] || asking[k] == b) before[i][k] = true;
        }
        if (!(begun[i] > 0)) continue;
        for (std::size_t k = 0; k < asking.size(); ++k)
            if (before[i][k]) kernel.runs[i] *= going_on[asking[k]];
    }
}

/// By member: whether it runs again if the unit restarts at an inner element.
std::vector<char> Router::covered_from(const Unit& unit, std::uint32_t target) const {
    std::vector<char> covered(unit.members.size());
    const auto variant = std::find_if(unit.variants.begin(), unit.variants.end(), [&](const Variant& one) {
        return one.start.valid() && routes_.order_of(one.start) == target;
    });
    if (variant == unit.variants.end()) {
        covered.assign(covered.size(), 1);  // the target is outside, or everything restarts
        return covered;
    }
    covered[variant->member] = 1;
    for (std::size_t i = variant->member + 1; i < covered.size(); ++i)
        for (const std::size_t b : unit.members[i].before) covered[i] = covered[i] || covered[b];
    return covered;
}

/// All members finish, then the item goes back to the earliest requested target. Members are independent, so the
/// probability that no target before the t-th is requested is the product of theirs; likewise for the used `once`.
std::vector<Outcome> Router::combined(const std::vector<std::vector<Outcome>>& members, std::uint32_t used) {
    const std::vector<std::uint32_t> targets = targets_of(members);
    const auto rank = [&](std::uint32_t target) {
        return static_cast<std::size_t>(std::lower_bound(targets.begin(), targets.end(), target) - targets.begin());
    };
    // By used bits: the probability that the earliest requested target is the t-th or later.
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
        if (later.back() > 0) outcomes.push_back({none, bits, later.back()});
    }
    return outcomes;
}

/// For members that wait for one another. Members parallel to the rework finish; then the item goes to the earliest
/// requested target if all requesting members run again from there, else everything restarts. Tracks, member by member,
/// which ones are stopped.
std::vector<Outcome> Router::combined_in_graph(const Unit& unit, const std::vector<std::vector<Outcome>>& members,
                                               std::uint32_t used) {
    const std::vector<std::uint32_t> targets = targets_of(members);
    using Combination = std::pair<std::uint32_t, std::uint32_t>;  // stopped members, used bits
    using ByUsed = std::map<std::uint32_t, double>;
    // The probability that all requests are for the `first` target or a later one, by covered members only.
    const auto only_later = [&](std::size_t first, const std::vector<char>* covered) {
        std::map<Combination, double> combinations{{{0, used}, 1.0}};
        for (std::size_t i = 0; i < unit.members.size(); ++i) {
            const Member& member = unit.members[i];
            std::uint32_t before = 0;
            for (const std::size_t b : member.before) before |= unit.members[b].stopped;
            std::map<Combination, double> next;
            for (const auto& [combination, probability] : combinations) {
                const std::uint32_t kept = combination.first & ~member.forgotten;
                if ((combination.first & before) != 0)
                    next[{kept | member.stopped, combination.second}] += probability;
                else if (members[i].empty())
                    next[{kept, combination.second}] += probability;
                else
                    for (const Outcome& one : members[i]) {
                        const bool outside_targets = one.target != none;
                        if (outside_targets && (first == targets.size() || one.target < targets[first] ||
                                                (covered != nullptr && !(*covered)[i])))
                            continue;
                        next[{outside_targets ? kept | member.stopped : kept, combination.second | one.used}] +=
                            probability * one.share;
                    }
            }
            combinations = std::move(next);
            work_ += combinations.size();
        }
        ByUsed sums;
        for (const auto& [combination, probability] : combinations) sums[combination.second] += probability;
        return sums;
    };
    std::vector<Outcome> outcomes;
    const auto add = [&](std::uint32_t target, std::uint32_t bits, double share, bool again) {
        if (share > 0) outcomes.push_back({target, bits, share, again});
    };
    ByUsed earliest = only_later(0, nullptr), whole;
    for (std::size_t t = 0; t < targets.size(); ++t) {
        const std::vector<char> covered = covered_from(unit, targets[t]);
        ByUsed later = only_later(t + 1, nullptr);
        ByUsed here = only_later(t, &covered), after = only_later(t + 1, &covered);
        for (const auto& [bits, probability] : earliest) {
            const double at = probability - later[bits], led = here[bits] - after[bits];
            add(targets[t], bits, led, false);
            if (at - led > 1e-15) whole[bits] += at - led;
        }
        earliest = std::move(later);
    }
    for (const auto& [bits, share] : whole) add(none, bits, share, true);
    for (const auto& [bits, share] : earliest) add(none, bits, share, false);
    return outcomes;
}

}  // namespace vsm::runtime
