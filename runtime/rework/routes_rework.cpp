// Places rework on the routes of a stream: the loops that it creates, and which `once` are tracked exactly.
#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "runtime/rework/routes.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;

/// Work budgets to track all combinations of used `once`: larger if there are so few that a reader expects exact
/// figures.
constexpr double most_work_for_few = 1.2e6, most_work_for_many = 1.5e5;

/// Limits on the enumerated combinations of stopped members, per unit and overall.
constexpr std::size_t most_combinations = 4000;
constexpr double most_combination_work = 120'000;

template <class T>
void sort_unique(std::vector<T>& items) {
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
}

}  // namespace

// ---- rework ----

void Routes::collect_rework_edges() {
    rework_edges_.resize(stream_.elements.size());
    for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
        const ElementId id = stream_.elements.id_at(i);
        const auto* step = ir::step_of(stream_.elements[id]);
        if (step == nullptr) continue;
        for (const ir::Rework& rework : step->reworks) {
            const auto* to = std::get_if<ElementId>(&rework.to);
            if (to == nullptr || rework.rate.parts == 0) continue;
            rework_edges_[i].push_back({*to, rework.rate.parts, none});
            if (!rework.once) continue;
            rework_edges_[i].back().once = static_cast<std::uint32_t>(once_steps_.size());
            once_steps_.push_back(id);
        }
    }
}

/// Finds rework that enters a member of a graph unit from outside that member; its targets become starts. Returns
/// whether there is any.
bool Routes::find_starts() {
    bool any = false;
    const auto path_of = [&](ElementId id) {
        std::vector<std::uint32_t> path{chain_of(id)};
        while (chains_[path.back()].unit != none) path.push_back(units_[chains_[path.back()].unit].chain);
        std::reverse(path.begin(), path.end());
        return path;
    };
    for (std::size_t i = 0; i < rework_edges_.size(); ++i) {
        for (const ReworkEdge& edge : rework_edges_[i]) {
            const auto from = path_of(stream_.elements.id_at(i)), to = path_of(edge.target);
            std::size_t common = 0;
            while (common < from.size() && common < to.size() && from[common] == to[common]) ++common;
            for (std::size_t k = common; k < to.size(); ++k) {
                const Unit& unit = units_[chains_[to[k]].unit];
                VSM_CHECK(unit.graph);  // checks reject rework into a branch of a parallel
                starts_[chains_[to[k]].unit].push_back(edge.target);
                any = true;
            }
        }
    }
    for (auto& starts : starts_) {
        std::sort(starts.begin(), starts.end(), [&](ElementId a, ElementId b) { return order_of(a) < order_of(b); });
        starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    }
    return any;
}

/// Collects the targets of rework that leads out of each unit, from the inside out.
void Routes::collect_outside_targets() {
    std::vector<std::vector<ElementId>> leaving(chains_.size());
    for (std::size_t i = 0; i < rework_edges_.size(); ++i)
        for (const ReworkEdge& edge : rework_edges_[i])
            if (!state_of(entries_[i].chain, edge.target)) leaving[entries_[i].chain].push_back(edge.target);
    // A chain is created after the one that contains its unit.
    for (std::size_t chain = chains_.size(); chain-- > 1;) {
        sort_unique(leaving[chain]);
        chains_[chain].leaves = !leaving[chain].empty();
        Unit& unit = units_[chains_[chain].unit];
        for (const ElementId target : leaving[chain]) {
            unit.outside_targets.push_back(target);
            if (!state_of(unit.chain, target)) leaving[unit.chain].push_back(target);
        }
    }
    for (Unit& unit : units_) {
        sort_unique(unit.outside_targets);
        if (unit.outside_targets.empty() ||
            std::all_of(unit.members.begin(), unit.members.end(), [](const Member& one) { return one.before.empty(); }))
            continue;
        number_stopped(unit);
    }
}

/// Assigns a bit to each member that may be stopped, while others wait for it; 31 bits at most, else the unit is not
/// exact.
void Routes::number_stopped(Unit& unit) {
    const std::size_t count = unit.members.size();
    std::vector<std::size_t> last(count);  // the last member that waits for it
    std::vector<char> stoppable(count);
    for (std::size_t i = 0; i < count; ++i) {
        stoppable[i] = chains_[unit.members[i].chain].leaves;
        for (const std::size_t b : unit.members[i].before) {
            last[b] = i;
            stoppable[i] = stoppable[i] || stoppable[b];
        }
    }
    std::uint32_t free = 0x7fffffff;
    for (std::size_t i = 0; i < count && unit.exact; ++i) {
        Member& member = unit.members[i];
        for (const std::size_t b : member.before)
            if (last[b] == i) member.forgotten |= unit.members[b].stopped;
        free |= member.forgotten;
        if (!stoppable[i] || last[i] == 0) continue;
        unit.exact = free != 0;
        member.stopped = free & (~free + 1);
        free &= ~member.stopped;
    }
    if (unit.exact) unit.combinations = combinations_of(unit);
    combination_work_ += static_cast<double>(unit.combinations) *
                         static_cast<double>(unit.variants.size() * (unit.outside_targets.size() + 1));
    unit.exact = unit.exact && unit.combinations < most_combinations &&
                 combination_work_ <= budget_share_ * most_combination_work;
    if (!unit.exact) simplified_ = true;
}

/// The number of combinations of stopped members, summed over the members; at most `most_combinations`.
std::size_t Routes::combinations_of(Unit& unit) const {
    std::set<std::uint32_t> combinations{0};
    std::size_t sum = 0;
    for (const Member& member : unit.members) {
        std::uint32_t before = 0;
        for (const std::size_t b : member.before) before |= unit.members[b].stopped;
        std::set<std::uint32_t> next;
        for (const std::uint32_t combination : combinations) {
            const bool stopped = (combination & before) != 0;
            if (!stopped) next.insert(combination & ~member.forgotten);
            if (stopped || chains_[member.chain].leaves)
                next.insert((combination & ~member.forgotten) | member.stopped);
        }
        combinations = std::move(next);
        sum += combinations.size();
        if (sum >= most_combinations) return most_combinations;
    }
    return sum;
}

// ---- loops ----

/// The last state of the loop that rework from `from` back to `to` creates. A choose that items leave backward
/// belongs to the loop entirely.
std::uint32_t Routes::loop_end(const Chain& chain, std::uint32_t from, std::uint32_t to) const {
    std::uint32_t end = from;
    for (std::uint32_t c = chain.states[from].choice; c != none && chain.choices[c].first >= to;
         c = chain.choices[c].outer)
        end = std::max(end, chain.choices[c].last);
    return end;
}

void Routes::find_loops(std::uint32_t chain_number) {
    Chain& chain = chains_[chain_number];
    const auto count = static_cast<std::uint32_t>(chain.states.size());
    std::vector<std::uint32_t> reach(count, none);  // last state of a loop, by its first
    const auto add = [&](std::uint32_t from, ElementId target) {
        const auto to = state_of(chain_number, target);
        if (!to) return;
        // A later start of a unit is in one loop with the whole unit, so that a loop is entered at its first state.
        const std::uint32_t begin = *to - chain.states[*to].variant;
        const std::uint32_t end = std::max(*to, loop_end(chain, from, begin));
        reach[begin] = reach[begin] == none ? end : std::max(reach[begin], end);
    };
    for (std::uint32_t at = 0; at < count; ++at) {
        const State& state = chain.states[at];
        if (state.kind == State::Kind::leaf)
            for (const ReworkEdge& edge : rework_edges_[state.element.index]) add(at, edge.target);
        if (state.kind == State::Kind::side_by_side)
            for (const ElementId target : units_[state.unit].outside_targets) add(at, target);
    }
    for (std::uint32_t at = 0; at < count; ++at) {
        if (reach[at] == none) continue;
        std::uint32_t end = reach[at];
        for (std::uint32_t inside = at + 1; inside <= end; ++inside)
            if (reach[inside] != none) end = std::max(end, reach[inside]);
        chain.loops.push_back({at, end, none});
        at = end;
    }
}

// ---- once ----

/// Tracks as many `once` per loop as the work budget for all loops allows.
void Routes::find_groups() {
    struct Found {
        std::size_t onces;
        std::vector<Cost> costs;
    };
    std::vector<Found> found;
    visit_groups(0, [&](const std::vector<std::uint32_t>& onces, std::vector<Cost> costs) {
        found.push_back({onces.size(), std::move(costs)});
        return none;
    });
    const bool few = once_steps_.size() <= most_exact;
    std::size_t most = most_exact;
    const auto work = [&] {
        double sum = 0;
        for (const Found& one : found) {
            const std::size_t bits = std::min(most, one.onces);
            for (const Cost& cost : one.costs) {
                const std::size_t beside = std::min(bits, cost.beside);
                sum += cost.weight * std::exp2(static_cast<double>(bits - beside)) *
                       std::pow(cost.factor, static_cast<double>(beside));
            }
        }
        return sum;
    };
    while (most > 1 && work() > budget_share_ * (few ? most_work_for_few : most_work_for_many)) --most;
    visit_groups(
        0, [&](const std::vector<std::uint32_t>& onces, const std::vector<Cost>&) { return make_group(onces, most); });
}

/// Visits each loop with `once` inside, in order; `visit` returns the number of its group, or none.
template <class Visit>
void Routes::visit_groups(std::uint32_t number, const Visit& visit) {
    std::size_t next_loop = 0;
    std::vector<std::uint32_t> free_units;
    for (std::uint32_t at = 0; at < chains_[number].states.size(); ++at) {
        Chain& chain = chains_[number];
        if (next_loop < chain.loops.size() && chain.loops[next_loop].first == at) {
            Loop& loop = chain.loops[next_loop++];
            std::vector<std::uint32_t> onces;
            std::vector<Cost> costs;
            const double weight = collect_onces(number, loop.first, loop.last, 1, onces, costs);
            costs.push_back({weight, 2, 0});
            if (!onces.empty()) {
                loop.group = visit(onces, std::move(costs));
                for (std::uint32_t inside = loop.first; inside <= loop.last && loop.group != none; ++inside)
                    if (chain.states[inside].unit != none && chain.states[inside].variant == 0)
                        for (const Member& member : units_[chain.states[inside].unit].members)
                            put_into_group(member.chain, loop.group);
                at = loop.last;
                continue;
            }
        }
        if (chain.states[at].unit != none && chain.states[at].variant == 0) free_units.push_back(chain.states[at].unit);
    }
    for (const std::uint32_t unit : free_units)
        for (const Member& member : units_[unit].members) visit_groups(member.chain, visit);
}

/// Returns the work to solve this chain once, which has `times` starts: states times simultaneously open
/// targets. A unit is solved for each state of its `once` at entry, and from there for each reachable state, so its
/// work grows by a factor of 3 per `once`; an enclosing unit passes on all its outcomes in each of these: by 4.
double Routes::collect_onces(std::uint32_t number, std::uint32_t first, std::uint32_t last, double times,
                             std::vector<std::uint32_t>& onces, std::vector<Cost>& costs) const {
    const Chain& chain = chains_[number];
    std::vector<ElementId> targets;
    for (std::uint32_t at = first; at <= last && at < chain.states.size(); ++at) {
        const State& state = chain.states[at];
        if (state.unit != none && state.variant == 0) {
            const Unit& unit = units_[state.unit];
            targets.insert(targets.end(), unit.outside_targets.begin(), unit.outside_targets.end());
            const std::size_t before = onces.size();
            const auto variants = static_cast<double>(unit.variants.size());
            double inside = 0;
            for (const Member& member : unit.members)
                inside +=
                    collect_onces(member.chain, 0, static_cast<std::uint32_t>(chains_[member.chain].states.size()),
                                  variants, onces, costs);
            const double outcomes = variants * static_cast<double>(unit.outside_targets.size() + 1);
            const double states = outcomes * static_cast<double>(unit.exact ? unit.combinations : 1);
            costs.push_back({inside + states, 3, onces.size() - before});
            if (chain.unit != none) costs.push_back({times * outcomes, 4, onces.size() - before});
        }
        if (state.kind != State::Kind::leaf) continue;
        for (const ReworkEdge& edge : rework_edges_[state.element.index]) {
            targets.push_back(edge.target);
            if (edge.once != none) onces.push_back(edge.once);
        }
    }
    sort_unique(targets);
    return times * static_cast<double>(last - first + 1) * std::min(64.0, 1 + static_cast<double>(targets.size()));
}

std::uint32_t Routes::make_group(std::vector<std::uint32_t> onces, std::size_t most) {
    std::sort(onces.begin(), onces.end());
    Group group;
    for (std::size_t count = 0; count < std::min(most, onces.size()); ++count) {
        bits_[onces[count]] = static_cast<std::uint32_t>(count);
        group.onces.push_back(onces[count]);
    }
    group.complete = group.onces.size() == onces.size();
    groups_.push_back(std::move(group));
    return static_cast<std::uint32_t>(groups_.size() - 1);
}

void Routes::put_into_group(std::uint32_t number, std::uint32_t group) {
    Chain& chain = chains_[number];
    Unit& holder = units_[chain.unit];
    for (const State& state : chain.states) {
        if (state.kind == State::Kind::leaf)
            for (const ReworkEdge& edge : rework_edges_[state.element.index])
                if (edge.once != none && bits_[edge.once] != none) holder.used |= 1u << bits_[edge.once];
        if (state.unit == none || state.variant != 0) continue;
        for (const Member& member : units_[state.unit].members) put_into_group(member.chain, group);
        holder.used |= units_[state.unit].used;
    }
    chain.group = group;
}

}  // namespace vsm::runtime
