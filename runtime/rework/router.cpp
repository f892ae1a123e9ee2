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

/// Numbers the states of a range for the solver, which eliminates the highest number first: states inside a choose rank
/// above those around it, and later starts of a unit above all, so that each has only few others to redirect to.
std::vector<std::uint32_t> numbers_of(const Chain& chain, std::uint32_t first, std::uint32_t last) {
    const auto depth_of = [&](std::uint32_t at) {
        const State& state = chain.states[at];
        return state.variant > 0 ? none : state.depth;
    };
    std::map<std::uint32_t, std::uint32_t> next;  // by depth
    for (std::uint32_t at = first; at <= last; ++at) ++next[depth_of(at)];
    std::uint32_t number = 1;
    for (auto& [depth, count] : next) number += std::exchange(count, number);
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t at = first; at <= last; ++at) numbers.push_back(next[depth_of(at)]++);
    return numbers;
}

}  // namespace

Router::Router(const Routes& routes, Solutions* solutions)
    : routes_(routes), solutions_(solutions), approximated_(routes.once_count()), kernels_(routes.units().size()),
      changed_(routes.units().size()) {
    find_parts();
}

// ---- transitions ----

void Router::find_transitions(std::uint32_t chain_number, std::uint32_t at, std::uint32_t used,
                              std::vector<Transition>& transitions) {
    transitions.clear();
    const Chain& chain = routes_.chains()[chain_number];
    const auto end = static_cast<std::uint32_t>(chain.states.size());
    ++work_;
    if (chain_number == 0 && at == last_) {
        transitions.push_back({end, none, used, 1});
        return;
    }
    find_all_transitions(chain_number, chain.states[at], used, transitions);
    if (chain_number != 0 || at != cut_) return;
    for (Transition& transition : transitions)
        if (transition.state == chain.states[at].next) transition.state = end;
}

void Router::find_all_transitions(std::uint32_t chain_number, const State& state, std::uint32_t used,
                                  std::vector<Transition>& transitions) {
    const Chain& chain = routes_.chains()[chain_number];
    if (state.kind == State::Kind::leaf) return find_rework_transitions(chain_number, state, used, transitions);
    if (state.kind == State::Kind::choice) {
        for (std::uint32_t i = state.branches; i < state.branches + state.branch_count; ++i)
            if (chain.branches[i].share > 0)
                transitions.push_back({chain.branches[i].to, none, used, chain.branches[i].share});
        return;
    }
    const Unit& unit = routes_.units()[state.unit];
    const std::vector<Outcome>& outcomes = kernel(state.unit, {state.variant, used & unit.used}).outcomes;
    work_ += outcomes.size();
    for (const Outcome& outcome : outcomes) {
        const std::uint32_t after = (used & ~unit.used) | outcome.used;
        auto to = outcome.target == none ? std::optional(state.next)
                                         : routes_.state_of(chain_number, routes_.element_at(outcome.target));
        if (outcome.again) to = unit.variants.front().state;
        transitions.push_back({to.value_or(none), outcome.target, after, outcome.share});
    }
}

/// The share of a used `once` continues onward.
void Router::find_rework_transitions(std::uint32_t chain, const State& state, std::uint32_t used,
                                     std::vector<Transition>& transitions) const {
    std::int64_t forward = Ratio::whole;
    double approximated = 0;
    for (const ReworkEdge& edge : routes_.rework_edges(state.element)) {
        if (without_ == state.element) break;
        std::uint32_t after = used;
        double share = static_cast<double>(edge.parts) / static_cast<double>(Ratio::whole);
        if (const auto bit = edge.once == none ? std::nullopt : routes_.bit_of(edge.once)) {
            if ((used >> *bit & 1u) != 0) continue;
            after |= 1u << *bit;
            forward -= edge.parts;
        } else if (edge.once != none) {
            share = approximated_[edge.once];
            approximated += share;
        } else {
            forward -= edge.parts;
        }
        const auto to = routes_.state_of(chain, edge.target);
        transitions.push_back({to.value_or(none), routes_.order_of(edge.target), after, share});
    }
    const double left = static_cast<double>(forward) / static_cast<double>(Ratio::whole) - approximated;
    if (left > 0) transitions.push_back({state.next, none, used, left});
}

// ---- flows ----

void Router::flow(std::uint32_t number, const std::vector<Arrival>& items, Sink& sink) {
    const Chain& chain = routes_.chains()[number];
    const auto count = static_cast<std::uint32_t>(chain.states.size());
    if (chain.group != none) return flow_through(number, 0, count - 1, items, sink);
    std::vector<double> coming(count + 1);
    for (const Arrival& entering : items) coming[entering.state] += entering.items;
    ForwardSink onward(coming, sink);
    std::size_t next_loop = 0;
    for (std::uint32_t at = 0; at < count; ++at) {
        if (next_loop < chain.loops.size() && chain.loops[next_loop].first == at) {
            const Loop& loop = chain.loops[next_loop++];
            std::vector<Arrival> inside;
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

void Router::pass_stop(std::uint32_t chain, std::uint32_t state, double items, Sink& sink) {
    sink.pass(state, 0, items);
    std::vector<Transition> transitions;
    find_transitions(chain, state, 0, transitions);
    for (const Transition& transition : transitions) {
        if (transition.state != none)
            sink.go_on(transition.state, 0, items * transition.share);
        else
            sink.leave(transition.target, 0, items * transition.share);
    }
}

/// Used bits only accumulate, so each set of used bits is a layer of the chain, solved before its supersets.
void Router::flow_through(std::uint32_t chain, std::uint32_t first, std::uint32_t last,
                          const std::vector<Arrival>& items, Sink& sink) {
    std::map<std::uint32_t, std::vector<Arrival>> waiting;
    for (const Arrival& entering : items) waiting[entering.used].push_back(entering);
    std::vector<Transition> transitions;
    const std::vector<std::uint32_t> numbers = numbers_of(routes_.chains()[chain], first, last);
    while (!waiting.empty()) {
        const std::uint32_t used = waiting.begin()->first;
        const std::vector<Arrival> begin = std::move(waiting.begin()->second);
        waiting.erase(waiting.begin());
        SparseChain solver(last - first + 1);
        for (const Arrival& entering : begin) solver.add(0, numbers[entering.state - first], entering.items);
        std::vector<std::pair<std::uint32_t, Transition>> leaving;
        for (std::uint32_t at = first; at <= last; ++at) {
            find_transitions(chain, at, used, transitions);
            for (const Transition& transition : transitions) {
                const bool inside = transition.state != none && transition.state >= first && transition.state <= last;
                if (inside && transition.used == used) {
                    solver.add(numbers[at - first], numbers[transition.state - first], transition.share);
                } else {
                    solver.leave(numbers[at - first], transition.share);
                    leaving.push_back({at, transition});
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
            if (const double passed = visits[numbers[at - first]]; passed > 0) sink.pass(at, used, passed);
        for (const auto& [at, transition] : leaving)
            send(transition, visits[numbers[at - first]] * transition.share, first, last, waiting, sink);
    }
}

void Router::send(const Transition& transition, double items, std::uint32_t first, std::uint32_t last,
                  std::map<std::uint32_t, std::vector<Arrival>>& waiting, Sink& sink) const {
    if (!(items > 0)) return;
    if (transition.state == none)
        sink.leave(transition.target, transition.used, items);
    else if (transition.state >= first && transition.state <= last)
        waiting[transition.used].push_back({transition.state, transition.used, items});
    else
        sink.go_on(transition.state, transition.used, items);
}

}  // namespace vsm::runtime
