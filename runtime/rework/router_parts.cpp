// Solves the parts of a stream's own chain in order; each is solved once, for all queries.
#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/rework/router_sinks.h"
#include "runtime/rework/solutions.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;

constexpr double most_settling = 200'000;
constexpr int most_rounds = 40, least_rounds = 4;

}  // namespace

/// A loop is entered only at its first state, so the visits per item inside are the same for all items.
void Router::find_parts() {
    const Chain& chain = routes_.chains().front();
    const auto count = static_cast<std::uint32_t>(chain.states.size());
    part_of_.resize(count);
    std::vector<double> coming(count + 1);
    coming[0] = 1;
    std::size_t next_loop = 0;
    for (std::uint32_t at = 0; at < count;) {
        Stretch part;
        part.first = part.last = at;
        part.items = coming[at];
        if (next_loop < chain.loops.size() && chain.loops[next_loop].first == at) {
            part.last = chain.loops[next_loop++].last;
            part.loop = true;
        }
        for (std::uint32_t i = part.first; i <= part.last; ++i) part_of_[i] = static_cast<std::uint32_t>(parts_.size());
        at = part.last + 1;
        if (part.items > 0) {
            if (const auto open = open_onces(part); !open.empty()) settle(part, open);
            solve_once(part, {});
            for (const auto& [state, share] : part.exits) coming[state] += part.items * share;
        }
        parts_.push_back(std::move(part));
    }
}

void Router::solve_once(Stretch& part, ElementId without) {
    if (solutions_ != nullptr && solutions_->take(*this, part, without)) return;
    const std::size_t before = work_;
    // Whether this part is endless, not the parts before it.
    const bool endless = std::exchange(endless_, false);
    solve(part);
    if (solutions_ != nullptr) solutions_->keep(*this, part, without, work_ - before);
    endless_ = endless_ || endless;
}

void Router::solve(Stretch& part) {
    Record record(routes_, 0, part.first, part.last);
    if (part.loop)
        flow_through(0, part.first, part.last, {{part.first, 0, 1}}, record);
    else
        pass_stop(0, part.first, 1, record);
    part.visits = std::move(record.visits);
    part.exits = std::move(record.exits);
}

// ---- approximated `once` ----

std::vector<std::uint32_t> Router::open_onces(const Stretch& part) const {
    std::vector<std::uint32_t> open;
    for (std::uint32_t once = 0; once < routes_.once_count(); ++once) {
        if (routes_.bit_of(once)) continue;
        const std::uint32_t state = routes_.own_state_of(routes_.step_of_once(once));
        if (state >= part.first && state <= part.last) open.push_back(once);
    }
    return open;
}

void Router::forget_kernels(const Stretch& part) {
    for (std::uint32_t unit = 0; unit < kernels_.size(); ++unit) {
        if (kernels_[unit].empty()) continue;
        const std::uint32_t state = routes_.own_state_of_unit(unit);
        if (state >= part.first && state <= part.last) kernels_[unit].clear();
    }
}

/// Iterates to the rate at which each approximated `once` is taken as often, over all visits of its step, as the real
/// one.
void Router::settle(Stretch& part, const std::vector<std::uint32_t>& open) {
    const auto rate_of = [&](std::uint32_t once) {
        for (const ReworkEdge& edge : routes_.rework_edges(routes_.step_of_once(once)))
            if (edge.once == once) return static_cast<double>(edge.parts) / static_cast<double>(Ratio::whole);
        return 0.0;
    };
    const bool endless = endless_;
    const std::size_t limit = work_ + share_of(most_settling);
    for (const std::uint32_t once : open) approximated_[once] = rate_of(once) / 2;
    for (int round = 0; round < most_rounds && (round < least_rounds || work_ < limit); ++round) {
        forget_kernels(part);
        solve(part);
        std::vector<double> counts(routes_.stream().elements.size());
        spread(part, part.visits, part.items, counts);
        double change = 0;
        for (const std::uint32_t once : open) {
            const double passes = std::max(1.0, counts[routes_.step_of_once(once).index]);
            const double rate = (1 - std::pow(1 - rate_of(once), passes)) / passes;
            change = std::max(change, std::fabs(rate - approximated_[once]));
            approximated_[once] = (approximated_[once] + rate) / 2;
        }
        if (change < 1e-12) break;
    }
    forget_kernels(part);
    endless_ = endless;
}

// ---- sharing ----

void Router::accept(std::map<std::uint32_t, Kernels> kernels, std::size_t work, bool endless) {
    for (auto& [unit, transitions] : kernels)
        (changed_[unit] ? other_kernels_[unit] : kernels_[unit]).merge(transitions);
    work_ += work;
    endless_ = endless_ || endless;
}

std::map<std::uint32_t, const Kernels*> Router::kernels_in(const Stretch& part, bool without) const {
    std::map<std::uint32_t, const Kernels*> found;
    for (std::uint32_t unit = 0; unit < kernels_.size(); ++unit) {
        const std::uint32_t state = routes_.own_state_of_unit(unit);
        if (state < part.first || state > part.last || (without && !changed_[unit])) continue;
        if (!without) found.emplace(unit, &kernels_[unit]);
        if (const auto other = other_kernels_.find(unit); without && other != other_kernels_.end())
            found.emplace(unit, &other->second);
    }
    return found;
}

// ---- queries ----

Visits Router::from(std::uint32_t begin, std::uint32_t cut, std::uint32_t last) {
    cut_ = cut;
    last_ = last;
    const auto count = static_cast<std::uint32_t>(routes_.chains().front().states.size());
    Record record(routes_, 0, 0, count - 1);
    std::vector<double> coming(count + 1);
    ForwardSink onward(coming, record);
    coming[begin] = 1;
    for (const Stretch& part : parts_) {
        const auto within = [&](std::uint32_t state) { return state >= part.first && state <= part.last; };
        if (within(begin) || within(cut) || within(last)) {
            std::vector<Arrival> inside;
            for (std::uint32_t i = part.first; i <= part.last; ++i)
                if (coming[i] > 0) inside.push_back({i, 0, coming[i]});
            if (inside.empty()) continue;
            if (part.loop)
                flow_through(0, part.first, part.last, inside, onward);
            else
                pass_stop(0, part.first, coming[part.first], onward);
        } else if (const double items = coming[part.first]; items > 0) {
            for (std::size_t i = 0; i < part.visits.states.size(); ++i)
                record.visits.states[part.first + i] += items * part.visits.states[i];
            for (const auto& [unit, transitions] : part.visits.units)
                for (const auto& [begun, amount] : transitions) record.visits.units[unit][begun] += items * amount;
            for (const auto& [state, share] : part.exits) coming[state] += items * share;
        }
    }
    cut_ = last_ = none;
    return std::move(record.visits);
}

void Router::spread(const Stretch& part, const Visits& visits, double items, std::vector<double>& elements,
                    const Chosen& chosen) {
    std::map<std::uint32_t, std::map<UnitEntry, double>> waiting;  // units inside a unit have higher numbers
    const auto add = [&](std::uint32_t chain, std::uint32_t first, const Visits& found, double amount) {
        for (std::size_t i = 0; i < found.states.size(); ++i) {
            const ElementId element = routes_.chains()[chain].states[first + i].element;
            if (element.valid()) elements[element.index] += amount * found.states[i];
        }
        for (const auto& [unit, transitions] : found.units)
            for (const auto& [begun, share] : transitions) waiting[unit][begun] += amount * share;
    };
    add(0, part.first, visits, items);
    while (!waiting.empty()) {
        const auto [number, transitions] = *waiting.begin();
        waiting.erase(waiting.begin());
        const Unit& unit = routes_.units()[number];
        for (const auto& [begun, amount] : transitions) {
            const Kernel& made = kernel(number, begun);
            const std::vector<char>* only = chosen ? &chosen(number, begun) : nullptr;
            for (std::size_t i = 0; i < unit.members.size(); ++i)
                if (made.runs[i] > 0 && (only == nullptr || (*only)[i]))
                    add(unit.members[i].chain, 0, made.members[i], made.runs[i] * amount);
        }
    }
}

Router::Without::Without(Router& router, ElementId leaf) : router_(router) {
    router_.without_ = leaf;
    router_.routes_.visit_units_around(router_.routes_.chain_of(leaf),
                                       [&](std::uint32_t unit) { router_.changed_[unit] = 1; });
    if (router_.tried_ == leaf) return;
    router_.tried_ = leaf;
    router_.other_kernels_.clear();
    router_.try_without(leaf, router_.part_of(router_.routes_.own_state_of(leaf)));
}

Router::Without::~Without() {
    router_.routes_.visit_units_around(router_.routes_.chain_of(router_.without_),
                                       [&](std::uint32_t unit) { router_.changed_[unit] = 0; });
    router_.without_ = {};
}

void Router::try_without(ElementId leaf, const Stretch& whole) {
    Stretch part;
    part.first = whole.first;
    part.last = whole.last;
    part.loop = whole.loop;
    part.items = whole.items;
    if (part.items > 0) solve_once(part, leaf);
    tried_visits_ = std::move(part.visits);
}

}  // namespace vsm::runtime
