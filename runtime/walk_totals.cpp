// What a walk comes to: times and visits of the whole stream, with a leaf otherwise, or between two stops.
#include <algorithm>
#include <cmath>

#include "runtime/walk_sinks.h"

namespace vsm::runtime {

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
    constexpr double most_settling = 500'000;
    for (int round = 0; round < 40 && (round < 4 || work_ < share_of(most_settling)); ++round) {
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

bool Walk::is_beside(ir::ElementId leaf) const {
    bool any = false;
    routes_.visit_units_around(routes_.chain_of(leaf), [&](std::uint32_t) { any = true; });
    return any;
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
