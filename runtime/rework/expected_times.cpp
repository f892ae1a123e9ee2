#include "runtime/rework/expected_times.h"

#include <algorithm>
#include <cmath>

#include "runtime/times/timeline.h"

namespace vsm::runtime {

using ir::ElementId;

ExpectedTimes::ExpectedTimes(Router& router, std::vector<Passage> passages)
    : router_(router), passages_(std::move(passages)), times_(router.routes().units().size()),
      changed_(router.routes().units().size()) {
    const ir::Stream& stream = router.routes().stream();
    for (std::size_t i = 0; i < passages_.size() && stream.demand; ++i)
        if (std::holds_alternative<ir::Queue>(stream.elements[stream.elements.id_at(i)].what))
            queues_.push_back(stream.elements.id_at(i));
    for (const Stretch& part : router.parts()) {
        parts_.push_back(part.items > 0 ? time_of(0, part.first, part.visits) : Passage{});
        if (part.items > 0) total_ = total_ + part.items * parts_.back();
    }
}

// ---- times ----

Passage ExpectedTimes::time_of(std::uint32_t number, std::uint32_t first, const Visits& visits) {
    const Chain& chain = router_.routes().chains()[number];
    Passage sum;
    work_ += visits.states.size();
    for (std::size_t i = 0; i < visits.states.size(); ++i) {
        const State& state = chain.states[first + i];
        if (state.kind == State::Kind::leaf && visits.states[i] > 0)
            sum = sum + visits.states[i] * passages_[state.element.index];
    }
    for (const auto& [unit, transitions] : visits.units)
        for (const auto& [begun, amount] : transitions)
            if (amount > 0) sum = sum + amount * timed(unit, begun).passage;
    return sum;
}

const ExpectedTimes::Timed& ExpectedTimes::timed(std::uint32_t number, UnitEntry begun) {
    AllTimed& known = changed_[number] ? other_times_[number] : times_[number];
    const auto found = known.find(begun);
    if (found != known.end()) return found->second;
    const Kernel& kernel = router_.kernel(number, begun);
    const Unit& unit = router_.routes().units()[number];
    std::vector<Passage> members(unit.members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!(kernel.runs[i] > 0)) continue;
        members[i] = time_of(unit.members[i].chain, 0, kernel.members[i]);
        if (kernel.runs[i] < 1) members[i] = kernel.runs[i] * members[i];
    }
    const Variant& variant = unit.variants[begun.variant];
    Timed made = time_side_by_side(unit, kernel, variant.start.valid() ? variant.member : members.size(), members);
    return known.emplace(begun, std::move(made)).first->second;
}

/// The longest path through the members that run; predecessors of the `start` member are ignored.
ExpectedTimes::Timed ExpectedTimes::time_side_by_side(const Unit& unit, const Kernel& kernel, std::size_t start,
                                                      const std::vector<Passage>& members) const {
    Timed timed{{}, std::vector<char>(members.size())};
    if (!unit.graph) {
        const Longest longest = longest_of(members);
        timed.passage = longest.passage;
        if (longest.candidates.size() == 1) timed.longest[longest.candidates.front()] = 1;
        return timed;
    }
    BodyGraph graph;
    std::vector<std::size_t> position(members.size()), original;
    std::vector<char> followed;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!(kernel.runs[i] > 0)) continue;
        position[i] = original.size();
        original.push_back(i);
        followed.push_back(0);
        graph.order.push_back({static_cast<std::uint32_t>(i)});
        graph.before.emplace_back();
        for (const std::size_t b : unit.members[i].before) {
            if (i == start || !(kernel.runs[b] > 0)) continue;
            graph.before.back().push_back(position[b]);
            followed[position[b]] = 1;
        }
    }
    for (std::size_t i = 0; i < original.size(); ++i)
        if (!followed[i]) graph.ends.push_back(i);
    const Ways transitions = ways_through(graph, members);
    timed.passage = transitions.passage;
    const std::vector<OnTimeline> on = on_longest(transitions);
    for (std::size_t i = 0; i < original.size(); ++i) timed.longest[original[i]] = on[i] == OnTimeline::yes;
    return timed;
}

// ---- changed maps ----

/// Changes the duration of a visit of a leaf; saves the old one in `kept`.
void ExpectedTimes::change(ElementId leaf, const Passage& passage, std::vector<std::pair<ElementId, Passage>>& kept) {
    kept.push_back({leaf, passages_[leaf.index]});
    passages_[leaf.index] = passage;
    const Routes& routes = router_.routes();
    routes.visit_units_around(routes.chain_of(leaf), [&](std::uint32_t unit) { changed_[unit] = 1; });
}

double ExpectedTimes::lead_if(const LeafChange& otherwise) {
    const Routes& routes = router_.routes();
    const std::uint32_t state = routes.own_state_of(otherwise.leaf);
    const Stretch& part = router_.part_of(state);
    if (!(part.items > 0)) return total_.lead.least;
    const bool routed = otherwise.no_rework && !routes.rework_edges(otherwise.leaf).empty();
    std::optional<Router::Without> without;
    if (routed) without.emplace(router_, otherwise.leaf);
    const Visits& visits = routed ? without->visits() : part.visits;
    std::vector<std::pair<ElementId, Passage>> kept;
    change(otherwise.leaf, otherwise.passage, kept);
    if (routed) settle_queues(part, visits, kept);
    const double then = time_of(0, part.first, visits).lead.least;
    const double lead =
        total_.lead.least +
        part.items * (then - parts_[static_cast<std::size_t>(&part - router_.parts().data())].lead.least);
    for (auto one = kept.rbegin(); one != kept.rend(); ++one) {
        passages_[one->first.index] = one->second;
        routes.visit_units_around(routes.chain_of(one->first), [&](std::uint32_t unit) { changed_[unit] = 0; });
    }
    other_times_.clear();
    return lead;
}

/// Without the rework, items visit the queues of a part less often, and wait longer each time.
void ExpectedTimes::settle_queues(const Stretch& part, const Visits& visits,
                                  std::vector<std::pair<ElementId, Passage>>& kept) {
    if (queues_.empty()) return;
    const ir::Stream& stream = router_.routes().stream();
    std::vector<double> counts(passages_.size());
    router_.spread(part, visits, part.items, counts);
    for (const ElementId id : queues_) {
        if (!(counts[id.index] > 0)) continue;
        const double time =
            ir::waiting_time(*std::get_if<ir::Queue>(&stream.elements[id].what), *stream.demand, counts[id.index]);
        Passage passage = passages_[id.index];
        if (std::abs(time - passage.lead.least) <= 1e-12 * time) continue;
        passage.lead.least = passage.wait.least = time;
        change(id, passage, kept);
    }
}

// ---- queries ----

bool ExpectedTimes::is_beside(ElementId leaf) const {
    const Routes& routes = router_.routes();
    bool any = false;
    routes.visit_units_around(routes.chain_of(leaf), [&](std::uint32_t) { any = true; });
    return any;
}

Passage ExpectedTimes::between(std::uint32_t from, std::uint32_t to) {
    return time_of(0, 0, router_.from(from, to, none));
}

std::optional<double> ExpectedTimes::ever_comes_to(ElementId element) {
    const Routes& routes = router_.routes();
    if (routes.chain_of(element) != 0) return std::nullopt;
    const std::uint32_t state = routes.first_state_of(element);
    return router_.from(0, none, state).states[state];
}

std::vector<double> ExpectedTimes::visits() { return spread(false); }
std::vector<double> ExpectedTimes::visits_on_timeline() { return spread(true); }

std::vector<double> ExpectedTimes::spread(bool timeline) {
    std::vector<double> counts(passages_.size());
    Router::Chosen chosen;
    if (timeline)
        chosen = [&](std::uint32_t unit, UnitEntry begun) -> const std::vector<char>& {
            return timed(unit, begun).longest;
        };
    for (const Stretch& part : router_.parts())
        if (part.items > 0) router_.spread(part, part.visits, part.items, counts, chosen);
    return counts;
}

}  // namespace vsm::runtime
