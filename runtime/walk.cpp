#include "runtime/walk.h"

#include <algorithm>
#include <utility>

#include "runtime/chain.h"
#include "runtime/walk_sinks.h"

namespace vsm::runtime {
namespace {

/// More visits than this are beyond any measure.
constexpr double most_visits = 1e9;

/// The states of a range of stops in the solver, which takes the highest first: what lies in a branch of a choose comes before what follows
/// the choose, and a later beginning of what is side by side before all, so that each has but few states to be passed on to.
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

Walk::Walk(const Routes& routes, std::vector<Passage> passages)
    : routes_(routes), passages_(std::move(passages)), approximated_(routes.once_count()),
      kernels_(routes.units().size()), changed_(routes.units().size()) {
    settle_approximated();
    find_parts();
}

Walk::Walk(const Walk& other, std::vector<Passage> passages)
    : routes_(other.routes_), passages_(std::move(passages)), approximated_(other.approximated_),
      kernels_(routes_.units().size()), changed_(routes_.units().size()) {
    find_parts();
}

void Walk::find_ways(std::uint32_t chain_number, std::uint32_t at, std::uint32_t used, std::vector<Going>& ways) {
    ways.clear();
    const Chain& chain = routes_.chains()[chain_number];
    const Stop& stop = chain.stops[at];
    ++work_;
    find_all_ways(chain_number, stop, used, ways);
    if (chain_number != 0 || at != cut_) return;
    for (Going& way : ways)
        if (way.where == Going::Where::stop && way.stop == stop.next)
            way.stop = static_cast<std::uint32_t>(chain.stops.size());
}

void Walk::find_all_ways(std::uint32_t chain_number, const Stop& stop, std::uint32_t used, std::vector<Going>& ways) {
    const Chain& chain = routes_.chains()[chain_number];
    if (stop.kind == Stop::Kind::leaf) return find_ways_back(chain_number, stop, used, ways);
    if (stop.kind == Stop::Kind::choice) {
        for (std::uint32_t i = stop.turns; i < stop.turns + stop.turn_count; ++i)
            if (chain.turns[i].share > 0)
                ways.push_back({Going::Where::stop, chain.turns[i].to, {}, used, chain.turns[i].share});
        return;
    }
    const std::uint32_t inside = routes_.units()[stop.unit].used;
    const std::vector<Outcome>& outcomes = kernel(stop.unit, stop.variant, used & inside).outcomes;
    work_ += outcomes.size();
    for (const Outcome& outcome : outcomes) {
        const std::uint32_t after = (used & ~inside) | outcome.used;
        const auto to =
            outcome.target.valid() ? routes_.stop_of(chain_number, outcome.target) : std::optional(stop.next);
        if (to)
            ways.push_back({Going::Where::stop, *to, {}, after, outcome.share});
        else
            ways.push_back({Going::Where::outside, 0, outcome.target, after, outcome.share});
    }
}

/// A `once` that is used up sends its share on.
void Walk::find_ways_back(std::uint32_t chain, const Stop& stop, std::uint32_t used, std::vector<Going>& ways) const {
    std::int64_t forward = Ratio::whole;
    double approximated = 0;
    const bool none = otherwise_.no_rework && otherwise_.leaf == stop.element;
    for (const Back& back : routes_.backs(stop.element)) {
        if (none) break;
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
        if (const auto to = routes_.stop_of(chain, back.target))
            ways.push_back({Going::Where::stop, *to, {}, after, share});
        else
            ways.push_back({Going::Where::outside, 0, back.target, after, share});
    }
    const double left = static_cast<double>(forward) / static_cast<double>(Ratio::whole) - approximated;
    if (left > 0) ways.push_back({Going::Where::stop, stop.next, {}, used, left});
}

void Walk::flow(std::uint32_t number, const std::vector<Entering>& items, Sink& sink) {
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

void Walk::pass_stop(std::uint32_t chain, std::uint32_t stop, double items, Sink& sink) {
    sink.pass(stop, 0, items);
    std::vector<Going> ways;
    find_ways(chain, stop, 0, ways);
    for (const Going& way : ways) {
        if (way.where == Going::Where::stop)
            sink.go_on(way.stop, 0, items * way.share);
        else
            sink.leave(way.target, 0, items * way.share);
    }
}

/// Items only ever use up more: what is used up so far is a layer of the chain, solved before those that hold more.
void Walk::flow_through(std::uint32_t chain, std::uint32_t first, std::uint32_t last,
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
                const bool inside = way.where == Going::Where::stop && way.stop >= first && way.stop <= last;
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

void Walk::send(const Going& way, double items, std::uint32_t first, std::uint32_t last,
                std::map<std::uint32_t, std::vector<Entering>>& waiting, Sink& sink) const {
    if (!(items > 0)) return;
    if (way.where == Going::Where::outside)
        sink.leave(way.target, way.used, items);
    else if (way.stop >= first && way.stop <= last)
        waiting[way.used].push_back({way.stop, way.used, items});
    else
        sink.go_on(way.stop, way.used, items);
}

}  // namespace vsm::runtime
