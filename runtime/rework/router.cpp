#include "runtime/rework/router.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/rework/chain.h"
#include "runtime/rework/router_sinks.h"
#include "runtime/rework/solutions.h"

namespace vsm::runtime {
namespace {

/// Visits are capped here: more are beyond measure.
constexpr double most_visits = 1e9;

/// Numbers the stops of a range for the solver, which eliminates the highest state first: stops inside a choose rank
/// above those around it, and later starts of a unit above all, so that each has only few states to redirect to.
std::vector<std::uint32_t> states_of(const Chain& chain, std::uint32_t first, std::uint32_t last) {
    const auto depth_of = [&](std::uint32_t at) {
        const Stop& stop = chain.stops[at];
        return stop.variant > 0 ? nowhere : stop.depth;
    };
    std::map<std::uint32_t, std::uint32_t> next;  // by depth
    for (std::uint32_t at = first; at <= last; ++at) ++next[depth_of(at)];
    std::uint32_t state = 1;
    for (auto& [depth, count] : next) state += std::exchange(count, state);
    std::vector<std::uint32_t> states;
    for (std::uint32_t at = first; at <= last; ++at) states.push_back(next[depth_of(at)]++);
    return states;
}

}  // namespace

Router::Router(const Routes& routes, Solutions* solutions)
    : routes_(routes), solutions_(solutions), approximated_(routes.once_count()), kernels_(routes.units().size()),
      changed_(routes.units().size()) {
    find_parts();
}

// ---- transitions ----

void Router::find_ways(std::uint32_t chain_number, std::uint32_t at, std::uint32_t used, std::vector<Going>& ways) {
    ways.clear();
    const Chain& chain = routes_.chains()[chain_number];
    const auto end = static_cast<std::uint32_t>(chain.stops.size());
    ++work_;
    if (chain_number == 0 && at == last_) {
        ways.push_back({end, nowhere, used, 1});
        return;
    }
    find_all_ways(chain_number, chain.stops[at], used, ways);
    if (chain_number != 0 || at != cut_) return;
    for (Going& way : ways)
        if (way.stop == chain.stops[at].next) way.stop = end;
}

void Router::find_all_ways(std::uint32_t chain_number, const Stop& stop, std::uint32_t used, std::vector<Going>& ways) {
    const Chain& chain = routes_.chains()[chain_number];
    if (stop.kind == Stop::Kind::leaf) return find_ways_back(chain_number, stop, used, ways);
    if (stop.kind == Stop::Kind::choice) {
        for (std::uint32_t i = stop.turns; i < stop.turns + stop.turn_count; ++i)
            if (chain.turns[i].share > 0) ways.push_back({chain.turns[i].to, nowhere, used, chain.turns[i].share});
        return;
    }
    const Unit& unit = routes_.units()[stop.unit];
    const std::vector<Outcome>& outcomes = kernel(stop.unit, {stop.variant, used & unit.used}).outcomes;
    work_ += outcomes.size();
    for (const Outcome& outcome : outcomes) {
        const std::uint32_t after = (used & ~unit.used) | outcome.used;
        auto to = outcome.target == nowhere ? std::optional(stop.next)
                                            : routes_.stop_of(chain_number, routes_.element_at(outcome.target));
        if (outcome.again) to = unit.variants.front().stop;
        ways.push_back({to.value_or(nowhere), outcome.target, after, outcome.share});
    }
}

/// The share of a used `once` continues onward.
void Router::find_ways_back(std::uint32_t chain, const Stop& stop, std::uint32_t used, std::vector<Going>& ways) const {
    std::int64_t forward = Ratio::whole;
    double approximated = 0;
    for (const Back& back : routes_.backs(stop.element)) {
        if (without_ == stop.element) break;
        std::uint32_t after = used;
        double share = static_cast<double>(back.parts) / static_cast<double>(Ratio::whole);
        if (const auto bit = back.once == nowhere ? std::nullopt : routes_.bit_of(back.once)) {
            if ((used >> *bit & 1u) != 0) continue;
            after |= 1u << *bit;
            forward -= back.parts;
        } else if (back.once != nowhere) {
            share = approximated_[back.once];
            approximated += share;
        } else {
            forward -= back.parts;
        }
        const auto to = routes_.stop_of(chain, back.target);
        ways.push_back({to.value_or(nowhere), routes_.order_of(back.target), after, share});
    }
    const double left = static_cast<double>(forward) / static_cast<double>(Ratio::whole) - approximated;
    if (left > 0) ways.push_back({stop.next, nowhere, used, left});
}

// ---- flows ----

void Router::flow(std::uint32_t number, const std::vector<Entering>& items, Sink& sink) {
    const Chain& chain = routes_.chains()[number];
    const auto count = static_cast<std::uint32_t>(chain.stops.size());
    if (chain.group != nowhere) return flow_through(number, 0, count - 1, items, sink);
    std::vector<double> coming(count + 1);
    for (const Entering& entering : items) coming[entering.stop] += entering.items;
    Onward onward(coming, sink);
    std::size_t next_loop = 0;
    for (std::uint32_t at = 0; at < count; ++at) {
        if (next_loop < chain.loops.size() && chain.loops[next_loop].first == at) {
            const Loop& loop = chain.loops[next_loop++];
            std::vector<Entering> inside;
            for (std::uint32_t i = loop.first; i <= loop.last; ++i)
                if (coming[i] > 0) inside.push_back({i, 0, coming[i]});
            if (!inside.empty()) flow_through(number, loop.first, loop.last, inside, onward);
            at = loop.last;
        } else if (coming[at] > 0) {
            pass_stop(number, at, coming[at], onward);
        }
    }
    sink.go_on(count, 0, coming[count]);
}

void Router::pass_stop(std::uint32_t chain, std::uint32_t stop, double items, Sink& sink) {
    sink.pass(stop, 0, items);
    std::vector<Going> ways;
    find_ways(chain, stop, 0, ways);
    for (const Going& way : ways) {
        if (way.stop != nowhere)
            sink.go_on(way.stop, 0, items * way.share);
        else
            sink.leave(way.target, 0, items * way.share);
    }
}

/// Used bits only accumulate, so each set of used bits is a layer of the chain, solved before its supersets.
void Router::flow_through(std::uint32_t chain, std::uint32_t first, std::uint32_t last,
                          const std::vector<Entering>& items, Sink& sink) {
    std::map<std::uint32_t, std::vector<Entering>> waiting;
    for (const Entering& entering : items) waiting[entering.used].push_back(entering);
    std::vector<Going> ways;
    const std::vector<std::uint32_t> states = states_of(routes_.chains()[chain], first, last);
    while (!waiting.empty()) {
        const std::uint32_t used = waiting.begin()->first;
        const std::vector<Entering> begin = std::move(waiting.begin()->second);
        waiting.erase(waiting.begin());
        SparseChain solver(last - first + 1);
        for (const Entering& entering : begin) solver.add(0, states[entering.stop - first], entering.items);
        std::vector<std::pair<std::uint32_t, Going>> leaving;
        for (std::uint32_t at = first; at <= last; ++at) {
            find_ways(chain, at, used, ways);
            for (const Going& way : ways) {
                const bool inside = way.stop != nowhere && way.stop >= first && way.stop <= last;
                if (inside && way.used == used) {
                    solver.add(states[at - first], states[way.stop - first], way.share);
                } else {
                    solver.leave(states[at - first], way.share);
                    leaving.push_back({at, way});
                }
            }
        }
        std::vector<double> visits = solver.visits();
        work_ += solver.work();
        for (double& count : visits) {
            if (count <= most_visits) continue;
            endless_ = true;
            count = most_visits;
        }
        for (std::uint32_t at = first; at <= last; ++at)
            if (const double passed = visits[states[at - first]]; passed > 0) sink.pass(at, used, passed);
        for (const auto& [at, way] : leaving)
            send(way, visits[states[at - first]] * way.share, first, last, waiting, sink);
    }
}

void Router::send(const Going& way, double items, std::uint32_t first, std::uint32_t last,
                  std::map<std::uint32_t, std::vector<Entering>>& waiting, Sink& sink) const {
    if (!(items > 0)) return;
    if (way.stop == nowhere)
        sink.leave(way.target, way.used, items);
    else if (way.stop >= first && way.stop <= last)
        waiting[way.used].push_back({way.stop, way.used, items});
    else
        sink.go_on(way.stop, way.used, items);
}

}  // namespace vsm::runtime
