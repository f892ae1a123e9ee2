#include "runtime/rework/rework.h"

#include <algorithm>
#include <limits>
#include <map>

namespace vsm::runtime {
namespace {

using ir::ElementId;

Passage passage_of(const ir::ResolvedTimings& timings) {
    Passage passage;
    passage.lead = {timings.lead.spread.mean, timings.lead.known};
    passage.process = {timings.process.spread.mean, timings.process.known};
    passage.wait = {timings.wait.spread.mean, timings.wait.known};
    return passage;
}

double pass_without_rework(const ir::Step& step) {
    std::int64_t forward = Ratio::whole;
    double yield = 1;
    for (const ir::Rework& rework : step.reworks) {
        if (std::holds_alternative<ir::Repair>(rework.to))
            yield *= 1 - rework.rate.value();
        else
            forward -= rework.rate.parts;
    }
    return yield * static_cast<double>(std::max<std::int64_t>(forward, 0)) / static_cast<double>(Ratio::whole);
}

double yield_of(const ir::Stream& stream, const ir::StreamFacts& facts, const std::vector<ElementId>& elements) {
    double yield = 1;
    for (const ElementId id : elements) {
        const ir::Element& element = stream.elements[id];
        if (const auto* step = ir::step_of(element)) {
            yield *= pass_without_rework(*step);
        } else if (const auto* choose = std::get_if<ir::Choose>(&element.what)) {
            double sum = 0;
            for (const ElementId branch : choose->branches)
                if (const double share = facts.elements[branch].branch_share; share > 0)
                    sum += share * yield_of(stream, facts, {branch});
            yield *= sum;
        } else {
            yield *= yield_of(stream, facts, ir::children_of(element));
        }
    }
    return yield;
}

constexpr double infinite = std::numeric_limits<double>::infinity();

/// The shortest and longest duration of a path, in microseconds, and whether it varies randomly.
struct Extent {
    double low = 0, high = 0;
    bool random = false;
    bool approximate = false;
};

Extent operator+(const Extent& a, const Extent& b) {
    return {a.low + b.low, a.high + b.high, a.random || b.random, a.approximate || b.approximate};
}

Extent extent_of(const ir::Time& time) {
    struct Ends {
        Extent operator()(const ir::Fixed& fixed) const { return between(fixed.time, fixed.time); }
        Extent operator()(const ir::Uniform& uniform) const { return between(uniform.low, uniform.high); }
        Extent operator()(const ir::Triangular& triangular) const { return between(triangular.low, triangular.high); }
        Extent operator()(const ir::Exponential&) const { return {0, infinite, true, false}; }
        Extent operator()(const ir::Lognormal&) const { return {0, infinite, true, false}; }
        static Extent between(Duration low, Duration high) {
            return {static_cast<double>(low.microseconds), static_cast<double>(high.microseconds), low < high, false};
        }
    };
    return time.value ? std::visit(Ends{}, *time.value) : Extent{0, infinite, false, false};
}

Extent extent_of(const ir::Timings& timings) {
    if (timings.lead) return extent_of(*timings.lead);
    Extent sum;
    if (timings.process) sum = sum + extent_of(*timings.process);
    if (timings.wait) sum = sum + extent_of(*timings.wait);
    return sum;
}

class Extents {
public:
    Extents(const Routes& routes, const Evaluation& evaluation) : routes_(routes), evaluation_(evaluation) {}

    /// The extent of a chain, from a state on.
    Extent of_chain(std::uint32_t number, std::uint32_t begin = 0) const {
        const Chain& chain = routes_.chains()[number];
        const auto count = static_cast<std::uint32_t>(chain.states.size());
        std::vector<Extent> rest(count + 1);
        std::vector<char> reached(count + 1);
        reached[begin] = 1;
        for (std::uint32_t at = 0; at < count; ++at)
            if (reached[at]) reach_from(chain, at, reached);
        for (std::uint32_t at = count; at-- > 0;)
            if (reached[at]) rest[at] = from(number, at, rest);
        Extent all = rest[begin];
        for (std::uint32_t at = 0; at < count; ++at)
            if (reached[at]) add_loops(number, at, rest, all);
        return all;
    }

private:
    static void reach_from(const Chain& chain, std::uint32_t at, std::vector<char>& reached) {
        const State& state = chain.states[at];
        if (state.kind != State::Kind::choice) reached[state.next] = 1;
        for (std::uint32_t i = state.branches; i < state.branches + state.branch_count; ++i)
            if (chain.branches[i].share > 0) reached[chain.branches[i].to] = 1;
    }

    /// From a state to the end of the chain, without loops.
    Extent from(std::uint32_t number, std::uint32_t at, const std::vector<Extent>& rest) const {
        const Chain& chain = routes_.chains()[number];
        const State& state = chain.states[at];
        if (state.kind == State::Kind::choice) return of_choice(chain, state, rest);
        Extent own = state.unit != none ? of_unit(state.unit, state.variant) : of_leaf(state.element);
        bool leaves = false;
        if (state.unit != none) {
            for (const ElementId target : routes_.units()[state.unit].outside_targets)
                leaves = leaves || !routes_.state_of(number, target);
        } else {
            for (const ReworkEdge& edge : routes_.rework_edges(state.element))
                leaves = leaves || !routes_.state_of(number, edge.target);
        }
        Extent sum = own + rest[state.next];
        if (leaves) {
            // A step that sends items out of the chain ends it; that adds randomness only if something would have
            // followed.
            sum.low = own.low;
            sum.random = sum.random || rest[state.next].high > 0;
        }
        return sum;
    }

    static Extent of_choice(const Chain& chain, const State& state, const std::vector<Extent>& rest) {
        Extent sum{infinite, 0, false, false};
        std::size_t transitions = 0;
        for (std::uint32_t i = state.branches; i < state.branches + state.branch_count; ++i) {
            if (!(chain.branches[i].share > 0)) continue;
            const Extent& transition = rest[chain.branches[i].to];
            sum = {std::min(sum.low, transition.low), std::max(sum.high, transition.high),
                   sum.random || transition.random, sum.approximate || transition.approximate};
            ++transitions;
        }
        sum.random = sum.random || transitions > 1;
        return sum;
    }

    /// Rework inside the chain extends it: without limit, or by one repetition for `once`. Also checks units that
    /// restart at an inner element.
    void add_loops(std::uint32_t number, std::uint32_t at, const std::vector<Extent>& rest, Extent& all) const {
        const State& state = routes_.chains()[number].states[at];
        const auto add = [&](std::optional<std::uint32_t> to, bool once) {
            if (!to) return;
            const double end = rest[state.next].high;
            const State& begun = routes_.chains()[number].states[*to];
            const bool inside = begun.variant > 0;
            all.high = once && end < infinite && !inside ? all.high + rest[*to].high - end : infinite;
            all.random = true;
            if (inside) all.approximate = all.approximate || of_unit(begun.unit, begun.variant).approximate;
        };
        if (state.unit != none) {
            for (const ElementId target : routes_.units()[state.unit].outside_targets)
                add(routes_.state_of(number, target), false);
        } else if (state.kind == State::Kind::leaf) {
            for (const ReworkEdge& edge : routes_.rework_edges(state.element))
                add(routes_.state_of(number, edge.target), edge.once != none);
        }
    }

    Extent of_leaf(ElementId id) const {
        const ir::Element& element = routes_.stream().elements[id];
        if (const auto* wait = std::get_if<ir::Wait>(&element.what)) return extent_of(wait->time);
        const auto* step = ir::step_of(element);
        if (step == nullptr) {
            const double time = evaluation_.elements[id.index].lead.least;
            return {time, time, false, false};
        }
        Extent sum = extent_of(step->timings);
        for (const ir::Rework& rework : step->reworks) {
            const auto* repair = std::get_if<ir::Repair>(&rework.to);
            if (repair == nullptr || rework.rate.parts == 0) continue;
            Extent own = extent_of(repair->timings);
            const bool certain = rework.once && rework.rate == Ratio::one();
            if (!certain) own = {0, rework.once ? own.high : infinite, true, false};
            sum = sum + own;
        }
        return sum;
    }

    /// The extent of a unit, or of what runs if it restarts at an inner element.
    const Extent& of_unit(std::uint32_t number, std::uint32_t variant) const {
        const auto found = known_.find({number, variant});
        if (found != known_.end()) return found->second;
        const Extent extent = look_at_unit(routes_.units()[number], routes_.units()[number].variants[variant]);
        return known_.emplace(std::pair(number, variant), extent).first->second;
    }

    Extent look_at_unit(const Unit& unit, const Variant& variant) const {
        const std::size_t count = unit.members.size();
        const bool part = variant.start.valid();
        std::vector<char> runs(count, part ? 0 : 1), stoppable(count), followed(count);
        std::vector<Extent> reached(count);
        for (std::size_t i = 0; i < count; ++i) {
            const Member& member = unit.members[i];
            const bool begins = part && i == variant.member;
            std::vector<Extent> before;
            for (const std::size_t b : member.before) {
                if (begins || !runs[b]) continue;
                runs[i] = 1;
                followed[b] = 1;
                stoppable[i] = stoppable[i] || stoppable[b] || routes_.chains()[unit.members[b].chain].leaves;
                before.push_back(reached[b]);
            }
            if (begins) runs[i] = 1;
            if (!runs[i]) continue;
            const std::uint32_t entry = begins ? *routes_.state_of(member.chain, variant.start) : 0;
            Extent own = of_chain(member.chain, entry);
            if (stoppable[i]) own = {0, own.high, own.random || own.high > 0, own.approximate};
            reached[i] = longest(before) + own;
        }
        std::vector<Extent> ends;
        for (std::size_t i = 0; i < count; ++i)
            if (runs[i] && !followed[i]) ends.push_back(reached[i]);
        return longest(ends);
    }

    /// The longest of paths that all run. A path can be the longest if its high end exceeds the low ends of all others.
    static Extent longest(const std::vector<Extent>& transitions) {
        if (transitions.empty()) return {};
        if (transitions.size() == 1) return transitions.front();
        double first = -1, second = -1;  // the two largest low ends
        Extent all;
        for (const Extent& transition : transitions) {
            second = std::max(second, std::min(first, transition.low));
            first = std::max(first, transition.low);
            all.high = std::max(all.high, transition.high);
        }
        all.low = first;
        std::size_t candidates = 0;
        for (const Extent& transition : transitions) {
            const double others = transition.low == first ? second : first;
            if (transition.high <= others * (1 + 1e-9)) continue;
            ++candidates;
            all.random = all.random || transition.random;
            all.approximate = all.approximate || transition.approximate;
        }
        all.approximate = all.approximate || (candidates > 1 && all.random);
        return all;
    }

    const Routes& routes_;
    const Evaluation& evaluation_;
    mutable std::map<std::pair<std::uint32_t, std::uint32_t>, Extent> known_;  ///< by unit and variant
};

}  // namespace

double passes_of(const ir::Rework& repair) {
    const auto sent = static_cast<double>(repair.rate.parts),
               left = static_cast<double>(Ratio::whole - repair.rate.parts);
    return repair.once ? repair.rate.value() : sent / left;
}

std::vector<Passage> visits_of_leaves(const ir::Stream& stream, const ir::StreamFacts& facts,
                                      const Evaluation& evaluation) {
    std::vector<Passage> passages(stream.elements.size());
    for (std::size_t i = 0; i < passages.size(); ++i) {
        const ElementId id = stream.elements.id_at(i);
        const ir::Element& element = stream.elements[id];
        if (!ir::children_of(element).empty() || evaluation.elements.empty()) continue;
        passages[i] = evaluation.elements[i];
        const auto* step = ir::step_of(element);
        if (step == nullptr) continue;
        for (std::size_t r = 0; r < step->reworks.size(); ++r) {
            const ir::Rework& rework = step->reworks[r];
            if (!std::holds_alternative<ir::Repair>(rework.to) || rework.rate.parts == 0) continue;
            passages[i] = passages[i] + passes_of(rework) * passage_of(facts.elements[id].repairs[r]);
        }
    }
    return passages;
}

double first_pass_yield(const ir::Stream& stream, const ir::StreamFacts& facts) {
    return yield_of(stream, facts, stream.body.elements);
}

bool has_rework(const ir::Stream& stream) {
    return std::any_of(stream.elements.begin(), stream.elements.end(), [](const ir::Element& element) {
        const auto* step = ir::step_of(element);
        return step != nullptr && !step->reworks.empty();
    });
}

bool is_longest_with_rework(const ir::Stream& stream, const StreamMetrics& metrics, ElementId id) {
    const ElementMetrics& element = metrics.elements[id];
    if (element.on_timeline != OnTimeline::no) return false;
    const std::vector<ElementId>& within = ir::children_of(stream.elements[id]);
    if (within.empty()) return element.share_of_lead_time > 0 && has_rework(stream);
    return std::any_of(within.begin(), within.end(),
                       [&](ElementId one) { return is_longest_with_rework(stream, metrics, one); });
}

bool moves_longest_way(const ir::Stream& stream, const StreamMetrics& metrics) {
    if (!has_rework(stream)) return false;
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ElementMetrics& element = metrics.elements[stream.elements.id_at(i)];
        if (element.on_timeline == OnTimeline::no && element.share_of_lead_time > 0) return true;
    }
    return false;
}

bool is_approximate(const Routes& routes, const Evaluation& evaluation) {
    for (const Group& group : routes.groups())
        if (!group.complete) return true;
    if (routes.simplified()) return true;
    if (routes.units().empty()) return false;
    return Extents(routes, evaluation).of_chain(0).approximate;
}

}  // namespace vsm::runtime
