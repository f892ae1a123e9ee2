#include "runtime/walk.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/chain.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;

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

/// Adds up what is passed.
class Walk::Sum final : public Sink {
public:
    Sum(Walk& walk, std::uint32_t chain) : walk_(walk), chain_(walk.routes_.chains()[chain]) {}
    void pass(std::uint32_t stop, std::uint32_t used, double items) override {
        if (items > 0) passage = passage + items * walk_.visit_of(chain_.stops[stop], used);
    }
    void go_on(std::uint32_t, std::uint32_t used, double items) override { add({}, used, items); }
    void leave(ElementId target, std::uint32_t used, double items) override { add(target, used, items); }

    Passage passage;
    std::vector<Outcome> outcomes;

private:
    void add(ElementId target, std::uint32_t used, double items) {
        if (!(items > 0)) return;
        if (!outcomes.empty() && outcomes.back().target == target && outcomes.back().used == used)
            outcomes.back().share += items;
        else
            outcomes.push_back({target, used, items});
    }

    Walk& walk_;
    const Chain& chain_;
};

/// Counts what is passed, and keeps what comes to things side by side.
class Walk::Count final : public Sink {
public:
    Count(const Routes& routes, std::uint32_t chain, std::vector<double>& visits)
        : routes_(routes), chain_(routes.chains()[chain]), visits_(visits) {}
    void pass(std::uint32_t at, std::uint32_t used, double items) override {
        if (!(items > 0)) return;
        const Stop& stop = chain_.stops[at];
        if (stop.element.valid()) visits_[stop.element.index] += items;
        if (stop.unit != nowhere) units[stop.unit][{stop.variant, used & routes_.units()[stop.unit].used}] += items;
    }
    void go_on(std::uint32_t, std::uint32_t, double) override {}
    void leave(ElementId, std::uint32_t, double) override {}

    std::map<std::uint32_t, std::map<std::pair<std::uint32_t, std::uint32_t>, double>> units;

private:
    const Routes& routes_;
    const Chain& chain_;
    std::vector<double>& visits_;
};

/// Takes what leaves a loop on along its chain; which `once` are used up does not matter there.
class Walk::Onward final : public Sink {
public:
    Onward(std::vector<double>& coming, Sink& sink, double items = 1) : coming_(coming), sink_(sink), items_(items) {}
    void pass(std::uint32_t stop, std::uint32_t used, double items) override { sink_.pass(stop, used, items); }
    void go_on(std::uint32_t stop, std::uint32_t, double items) override { coming_[stop] += items_ * items; }
    void leave(ElementId target, std::uint32_t, double items) override { sink_.leave(target, 0, items); }

private:
    std::vector<double>& coming_;
    Sink& sink_;
    double items_;  ///< that come for each one that is followed
};

Walk::Walk(const Routes& routes, std::vector<Passage> passages)
    : routes_(routes), passages_(std::move(passages)), approximated_(routes.once_count()),
      kernels_(routes.units().size()), changed_(routes.units().size()) {
    settle_approximated();
    find_parts();
}

// ---- from stop to stop ----

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
    for (const Outcome& outcome : kernel(stop.unit, stop.variant, used & inside).outcomes) {
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

// ---- side by side ----

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
        for (const std::size_t i : longest.candidates) kernel.longest[i] = 1;
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
    std::vector<char> on(original.size());
    for (const std::size_t end : ways.ends) on[end] = 1;
    for (std::size_t i = original.size(); i-- > 0;) {
        if (!on[i]) continue;
        kernel.longest[original[i]] = 1;
        for (const std::size_t b : ways.before[i]) on[b] = 1;
    }
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

// ---- totals ----

/// A `once` that is not followed exactly repeats at the rate at which, over all visits of its step, it is taken as often as it would be.
void Walk::settle_approximated() {
    std::vector<std::uint32_t> open;
    for (std::uint32_t once = 0; once < routes_.once_count(); ++once)
        if (!routes_.bit_of(once)) open.push_back(once);
    if (open.empty()) return;
    const auto rate_of = [&](std::uint32_t once) {
        for (const Back& back : routes_.backs(routes_.step_of_once(once)))
            if (back.once == once) return static_cast<double>(back.parts) / static_cast<double>(Ratio::whole);
        return 0.0;
    };
    for (const std::uint32_t once : open) approximated_[once] = rate_of(once) / 2;
    constexpr std::size_t most_settling = 500'000;
    for (int round = 0; round < 40 && (round < 4 || work_ < most_settling); ++round) {
        for (Kernels& known : kernels_) known.clear();
        std::vector<double> counts(passages_.size());
        distribute(0, {{0, 0, 1}}, false, counts);
        double change = 0;
        for (const std::uint32_t once : open) {
            const double passes = std::max(1.0, counts[routes_.step_of_once(once).index]);
            const double rate = (1 - std::pow(1 - rate_of(once), passes)) / passes;
            change = std::max(change, std::fabs(rate - approximated_[once]));
            approximated_[once] = (approximated_[once] + rate) / 2;
        }
        if (change < 1e-12) break;
    }
    for (Kernels& known : kernels_) known.clear();
    endless_ = false;
}

/// A loop is entered at its first stop alone, so what one item takes in it is the same for all.
void Walk::find_parts() {
    const Chain& chain = routes_.chains().front();
    const auto count = static_cast<std::uint32_t>(chain.stops.size());
    part_of_.resize(count);
    std::vector<double> coming(count + 1);
    coming[0] = 1;
    std::size_t next_loop = 0;
    for (std::uint32_t at = 0; at < count;) {
        Part part{at, at, false, coming[at], {}};
        if (next_loop < chain.loops.size() && chain.loops[next_loop].first == at) {
            part.last = chain.loops[next_loop++].last;
            part.loop = true;
        }
        for (std::uint32_t i = part.first; i <= part.last; ++i) part_of_[i] = static_cast<std::uint32_t>(parts_.size());
        at = part.last + 1;
        if (part.items > 0) {
            part.passage = passage_of(part, &coming);
            total_ = total_ + part.items * part.passage;
        }
        parts_.push_back(part);
    }
}

/// Of one item; with `coming`, also sends on all that come.
Passage Walk::passage_of(const Part& part, std::vector<double>* coming) {
    Sum sum(*this, 0);
    std::vector<double> unused;
    Onward onward(coming != nullptr ? *coming : unused, sum, part.items);
    Sink& sink = coming != nullptr ? static_cast<Sink&>(onward) : sum;
    if (part.loop)
        flow_through(0, part.first, part.last, {{part.first, 0, 1}}, sink);
    else
        pass_stop(0, part.first, 1, sink);
    return sum.passage;
}

double Walk::lead_if(const Otherwise& otherwise) {
    otherwise_ = otherwise;
    std::vector<std::uint32_t> around, parts;
    routes_.visit_units_around(routes_.chain_of(otherwise.leaf), [&](std::uint32_t unit) { around.push_back(unit); });
    for (const std::uint32_t unit : around) changed_[unit] = 1;
    const std::uint32_t stop =
        around.empty() ? routes_.first_stop_of(otherwise.leaf) : routes_.units()[around.back()].variants.front().stop;
    const Part& part = parts_[part_of_[stop]];
    double lead = total_.lead.least;
    if (part.items > 0) lead += part.items * (passage_of(part, nullptr).lead.least - part.passage.lead.least);
    otherwise_ = {};
    for (const std::uint32_t unit : around) changed_[unit] = 0;
    other_kernels_.clear();
    return lead;
}

Passage Walk::between(std::uint32_t from, std::uint32_t to) {
    cut_ = to;
    Sum sum(*this, 0);
    flow(0, {{from, 0, 1}}, sum);
    cut_ = nowhere;
    return sum.passage;
}

std::vector<double> Walk::visits() {
    std::vector<double> visits(passages_.size());
    if (!routes_.chains().front().stops.empty()) distribute(0, {{0, 0, 1}}, false, visits);
    return visits;
}

std::vector<double> Walk::visits_on_timeline() {
    std::vector<double> visits(passages_.size());
    if (!routes_.chains().front().stops.empty()) distribute(0, {{0, 0, 1}}, true, visits);
    return visits;
}

void Walk::distribute(std::uint32_t chain, const std::vector<Entering>& items, bool timeline,
                      std::vector<double>& visits) {
    Count count(routes_, chain, visits);
    flow(chain, items, count);
    for (const auto& [number, coming] : count.units) {
        const Unit& unit = routes_.units()[number];
        for (std::size_t i = 0; i < unit.members.size(); ++i) {
            std::vector<Entering> inside;
            for (const auto& [how, amount] : coming) {
                const Kernel& made = kernel(number, how.first, how.second);
                if (made.runs[i] && (!timeline || made.longest[i]))
                    inside.push_back({entry_of(unit, unit.variants[how.first], i), how.second, amount});
            }
            if (!inside.empty()) distribute(unit.members[i].chain, inside, timeline, visits);
        }
    }
}

}  // namespace vsm::runtime
