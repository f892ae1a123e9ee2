#include "runtime/routes.h"

#include <algorithm>
#include <cmath>

namespace vsm::runtime {
namespace {

using ir::Body;
using ir::ElementId;

constexpr std::uint32_t after_choose = nowhere - 1;

/// Steps that it may take to follow all states of the `once`: more of them where they are so few that a reader expects exact figures.
constexpr double most_work_for_few = 3e6, most_work_for_many = 3e5;
/// Members that may be looked at for all places at which parts of graphs may have to begin again.
constexpr std::size_t most_variant_work = 300'000;

template <class T>
void sort_once_each(std::vector<T>& items) {
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
}

}  // namespace

Routes::Routes(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs)
    : stream_(stream), facts_(facts), graphs_(graphs) {
    starts_.resize(stream.elements.size());
    collect_backs();
    build();
    if (find_starts()) build();
    collect_asks();
    for (std::uint32_t chain = 0; chain < chains_.size(); ++chain) find_loops(chain);
    bits_.assign(once_steps_.size(), nowhere);
    if (!once_steps_.empty()) find_groups();
}

std::optional<std::uint32_t> Routes::bit_of(std::uint32_t once) const {
    if (bits_[once] == nowhere) return std::nullopt;
    return bits_[once];
}

std::optional<std::uint32_t> Routes::stop_of(std::uint32_t chain, ElementId target) const {
    const Entry& entry = entries_[target.index];
    if (entry.chain == chain) return entry.stop;
    const auto found = variant_stops_[chain].find(target);
    if (found == variant_stops_[chain].end()) return std::nullopt;
    return found->second;
}

void Routes::visit_units_around(std::uint32_t chain, const std::function<void(std::uint32_t unit)>& visit) const {
    while (chains_[chain].unit != nowhere) {
        visit(chains_[chain].unit);
        chain = units_[chains_[chain].unit].chain;
    }
}

// ---- unfolding ----

void Routes::build() {
    chains_.clear();
    units_.clear();
    variant_stops_.clear();
    entries_.assign(stream_.elements.size(), {});
    order_ = 0;
    variant_work_ = 0;
    append(add_chain(nowhere), stream_.body, nowhere, {});
}

std::uint32_t Routes::add_chain(std::uint32_t unit) {
    chains_.emplace_back();
    chains_.back().unit = unit;
    variant_stops_.emplace_back();
    return static_cast<std::uint32_t>(chains_.size() - 1);
}

std::uint32_t Routes::add_stop(std::uint32_t chain, Stop stop) {
    auto& stops = chains_[chain].stops;
    stops.push_back(stop);
    stops.back().next = static_cast<std::uint32_t>(stops.size());
    stops.back().depth = stop.choice == nowhere ? 0 : chains_[chain].stops[chains_[chain].choices[stop.choice].first].depth + 1;
    return static_cast<std::uint32_t>(stops.size() - 1);
}

void Routes::enter(ElementId id, std::uint32_t chain) {
    entries_[id.index] = {chain, static_cast<std::uint32_t>(chains_[chain].stops.size()), order_++};
}

/// What is empty becomes a stop that takes no time, so that there is always one to go to.
void Routes::append(std::uint32_t chain, const Body& body, std::uint32_t choice, ElementId holder) {
    if (body.elements.empty() && holder.valid()) {
        Stop stop;
        stop.element = holder;
        stop.choice = choice;
        add_stop(chain, stop);
    } else if (const BodyGraph* graph = graphs_.find(body)) {
        append_graph(chain, *graph, choice);
    } else {
        for (const ElementId id : body.elements) append(chain, id, choice);
    }
}

void Routes::append(std::uint32_t chain, ElementId id, std::uint32_t choice) {
    enter(id, chain);
    const auto& what = stream_.elements[id].what;
    if (const auto* stage = std::get_if<ir::Stage>(&what)) return append(chain, stage->body, choice, id);
    if (const auto* branch = std::get_if<ir::Branch>(&what)) return append(chain, branch->body, choice, id);
    if (const auto* parallel = std::get_if<ir::Parallel>(&what)) return append_parallel(chain, id, *parallel, choice);
    if (const auto* choose = std::get_if<ir::Choose>(&what)) return append_choose(chain, id, *choose, choice);
    Stop stop;
    stop.element = id;
    stop.choice = choice;
    add_stop(chain, stop);
}

void Routes::append_parallel(std::uint32_t chain, ElementId id, const ir::Parallel& parallel, std::uint32_t choice) {
    const auto unit = static_cast<std::uint32_t>(units_.size());
    Stop stop;
    stop.kind = Stop::Kind::side_by_side;
    stop.element = id;
    stop.unit = unit;
    stop.choice = choice;
    units_.emplace_back();
    units_[unit].chain = chain;
    units_[unit].variants.push_back({{}, 0, add_stop(chain, stop)});
    for (const ElementId branch : parallel.branches) {
        const std::uint32_t member = add_chain(unit);
        append(member, branch, nowhere);
        units_[unit].ends.push_back(units_[unit].members.size());
        chains_[member].member = units_[unit].members.size();
        units_[unit].members.push_back({member, {}});
    }
}

void Routes::append_choose(std::uint32_t chain, ElementId id, const ir::Choose& choose, std::uint32_t choice) {
    Stop stop;
    stop.kind = Stop::Kind::choice;
    stop.element = id;
    stop.choice = choice;
    const std::uint32_t first = add_stop(chain, stop);
    const auto inside = static_cast<std::uint32_t>(chains_[chain].choices.size());
    chains_[chain].choices.push_back({first, first, choice});
    std::vector<Turn> turns;
    for (const ElementId branch : choose.branches) {
        const auto begin = static_cast<std::uint32_t>(chains_[chain].stops.size());
        turns.push_back({begin, facts_.elements[branch].branch_share});
        append(chain, branch, inside);
        auto& stops = chains_[chain].stops;
        for (std::uint32_t at = begin; at < stops.size(); ++at)
            if (stops[at].next == stops.size()) stops[at].next = after_choose;
    }
    Chain& made = chains_[chain];
    const auto end = static_cast<std::uint32_t>(made.stops.size());
    for (std::uint32_t at = first; at < end; ++at)
        if (made.stops[at].next == after_choose) made.stops[at].next = end;
    made.choices[inside].last = end - 1;
    made.stops[first].turns = static_cast<std::uint32_t>(made.turns.size());
    made.stops[first].turn_count = static_cast<std::uint32_t>(turns.size());
    made.turns.insert(made.turns.end(), turns.begin(), turns.end());
}

/// Elements that every way passes follow one another; what lies between two of them runs side by side.
void Routes::append_graph(std::uint32_t chain, const BodyGraph& graph, std::uint32_t choice) {
    const std::vector<char> passed = passed_by_all(graph);
    for (std::size_t i = 0; i < passed.size();) {
        if (passed[i]) {
            append(chain, graph.order[i++], choice);
            continue;
        }
        std::size_t end = i;
        while (end < passed.size() && !passed[end]) ++end;
        append_island(chain, graph, i, end, choice);
        i = end;
    }
}

void Routes::append_island(std::uint32_t chain, const BodyGraph& graph, std::size_t first, std::size_t last,
                           std::uint32_t choice) {
    const auto unit = static_cast<std::uint32_t>(units_.size());
    units_.emplace_back();
    units_[unit].chain = chain;
    units_[unit].graph = true;
    units_[unit].first = graph.order[first];
    const std::vector<ElementId>& starts = starts_[graph.order[first].index];
    for (std::uint32_t i = 0; i <= starts.size(); ++i) {
        variant_work_ += i == 0 ? 0 : last - first;
        if (i > 0 && variant_work_ > most_variant_work) {
            simplified_ = true;
            variant_stops_[chain].emplace(starts[i - 1], units_[unit].variants.front().stop);
            continue;
        }
        Stop stop;
        stop.kind = Stop::Kind::side_by_side;
        stop.unit = unit;
        stop.variant = i;
        stop.choice = choice;
        const std::uint32_t at = add_stop(chain, stop);
        units_[unit].variants.push_back({i == 0 ? ElementId{} : starts[i - 1], 0, at});
        if (i > 0) variant_stops_[chain].emplace(starts[i - 1], at);
    }
    for (const Variant& variant : units_[unit].variants)
        chains_[chain].stops[variant.stop].next = static_cast<std::uint32_t>(chains_[chain].stops.size());
    std::vector<char> followed(last - first);
    for (std::size_t i = first; i < last; ++i) {
        Member member{add_chain(unit), {}};
        for (const std::size_t b : graph.before[i]) {
            if (b < first) continue;  // passed before all of this
            member.before.push_back(b - first);
            followed[b - first] = 1;
        }
        append(member.chain, graph.order[i], nowhere);
        chains_[member.chain].member = units_[unit].members.size();
        units_[unit].members.push_back(std::move(member));
    }
    for (std::size_t i = 0; i < followed.size(); ++i)
        if (!followed[i]) units_[unit].ends.push_back(i);
    for (Variant& variant : units_[unit].variants) {
        if (!variant.start.valid()) continue;
        // Climbs from the start's own chain to the member of this unit that holds it.
        std::uint32_t at = chain_of(variant.start);
        while (chains_[at].unit != unit) at = units_[chains_[at].unit].chain;
        variant.member = chains_[at].member;
    }
}

// ---- rework ----

void Routes::collect_backs() {
    backs_.resize(stream_.elements.size());
    for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
        const ElementId id = stream_.elements.id_at(i);
        const auto* step = std::get_if<ir::Step>(&stream_.elements[id].what);
        if (step == nullptr) continue;
        for (const ir::Rework& rework : step->reworks) {
            const auto* to = std::get_if<ElementId>(&rework.to);
            if (to == nullptr || rework.rate.parts == 0) continue;
            backs_[i].push_back({*to, rework.rate.parts, nowhere});
            if (!rework.once) continue;
            backs_[i].back().once = static_cast<std::uint32_t>(once_steps_.size());
            once_steps_.push_back(id);
        }
    }
}

/// Rework that leads into part of a graph from outside of the element it leads to. Gives whether there is any.
bool Routes::find_starts() {
    bool any = false;
    const auto path_of = [&](ElementId id) {
        std::vector<std::uint32_t> path{chain_of(id)};
        while (chains_[path.back()].unit != nowhere) path.push_back(units_[chains_[path.back()].unit].chain);
        std::reverse(path.begin(), path.end());
        return path;
    };
    for (std::size_t i = 0; i < backs_.size(); ++i) {
        for (const Back& back : backs_[i]) {
            const auto from = path_of(stream_.elements.id_at(i)), to = path_of(back.target);
            std::size_t common = 0;
            while (common < from.size() && common < to.size() && from[common] == to[common]) ++common;
            for (std::size_t k = common; k < to.size(); ++k) {
                const Unit& unit = units_[chains_[to[k]].unit];
                VSM_CHECK(unit.graph);  // rework into a branch of a parallel is refused
                starts_[unit.first.index].push_back(back.target);
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

/// Where each unit's rework may lead out of it, from the inside outwards.
void Routes::collect_asks() {
    std::vector<std::vector<ElementId>> leaving(chains_.size());
    for (std::size_t i = 0; i < backs_.size(); ++i)
        for (const Back& back : backs_[i])
            if (!stop_of(entries_[i].chain, back.target)) leaving[entries_[i].chain].push_back(back.target);
    // A chain is made after the one that holds its unit.
    for (std::size_t chain = chains_.size(); chain-- > 1;) {
        sort_once_each(leaving[chain]);
        Unit& unit = units_[chains_[chain].unit];
        for (const ElementId target : leaving[chain]) {
            unit.asks.push_back(target);
            if (!stop_of(unit.chain, target)) leaving[unit.chain].push_back(target);
        }
    }
    for (Unit& unit : units_) sort_once_each(unit.asks);
}

// ---- loops ----

/// The last stop of a loop from `to` back to `from`: a choose that items leave backwards lies in it whole.
std::uint32_t Routes::loop_end(const Chain& chain, std::uint32_t from, std::uint32_t to) const {
    std::uint32_t end = from;
    for (std::uint32_t c = chain.stops[from].choice; c != nowhere && chain.choices[c].first >= to;
         c = chain.choices[c].outer)
        end = std::max(end, chain.choices[c].last);
    return end;
}

void Routes::find_loops(std::uint32_t chain_number) {
    Chain& chain = chains_[chain_number];
    const auto count = static_cast<std::uint32_t>(chain.stops.size());
    std::vector<std::uint32_t> reach(count, nowhere);  // by where a loop begins, its last stop
    const auto add = [&](std::uint32_t from, ElementId target) {
        const auto to = stop_of(chain_number, target);
        if (!to) return;
        // A later beginning of what is side by side lies in one loop with all of it, so that a loop is entered at its first stop.
        const std::uint32_t begin = *to - chain.stops[*to].variant;
        const std::uint32_t end = std::max(*to, loop_end(chain, from, begin));
        reach[begin] = reach[begin] == nowhere ? end : std::max(reach[begin], end);
    };
    for (std::uint32_t at = 0; at < count; ++at) {
        const Stop& stop = chain.stops[at];
        if (stop.kind == Stop::Kind::leaf)
            for (const Back& back : backs_[stop.element.index]) add(at, back.target);
        if (stop.kind == Stop::Kind::side_by_side)
            for (const ElementId target : units_[stop.unit].asks) add(at, target);
    }
    for (std::uint32_t at = 0; at < count; ++at) {
        if (reach[at] == nowhere) continue;
        std::uint32_t end = reach[at];
        for (std::uint32_t inside = at + 1; inside <= end; ++inside)
            if (reach[inside] != nowhere) end = std::max(end, reach[inside]);
        chain.loops.push_back({at, end, nowhere});
        at = end;
    }
}

// ---- once ----

/// As many of each loop are followed as all loops together leave room for.
void Routes::find_groups() {
    struct Found {
        std::size_t onces;
        double weight;
    };
    std::vector<Found> found;
    visit_groups(0, [&](const std::vector<std::uint32_t>& onces, double weight) {
        found.push_back({onces.size(), weight});
        return nowhere;
    });
    const bool few = once_steps_.size() <= most_exact;
    std::size_t most = most_exact;
    const auto work = [&] {
        double sum = 0;
        for (const Found& one : found) sum += one.weight * std::exp2(static_cast<double>(std::min(most, one.onces)));
        return sum;
    };
    while (most > 1 && work() > (few ? most_work_for_few : most_work_for_many)) --most;
    visit_groups(0, [&](const std::vector<std::uint32_t>& onces, double) { return make_group(onces, most); });
}

/// Each loop with `once` in it, in order: `visit` gives the number of its group, or nowhere.
template <class Visit>
void Routes::visit_groups(std::uint32_t number, const Visit& visit) {
    std::size_t next_loop = 0;
    std::vector<std::uint32_t> free_units;
    for (std::uint32_t at = 0; at < chains_[number].stops.size(); ++at) {
        Chain& chain = chains_[number];
        if (next_loop < chain.loops.size() && chain.loops[next_loop].first == at) {
            Loop& loop = chain.loops[next_loop++];
            std::vector<std::uint32_t> onces;
            double weight = 0;
            collect_onces(number, loop.first, loop.last, onces, weight);
            if (!onces.empty()) {
                loop.group = visit(onces, weight);
                for (std::uint32_t inside = loop.first; inside <= loop.last && loop.group != nowhere; ++inside)
                    if (chain.stops[inside].unit != nowhere && chain.stops[inside].variant == 0)
                        for (const Member& member : units_[chain.stops[inside].unit].members)
                            put_into_group(member.chain, loop.group);
                at = loop.last;
                continue;
            }
        }
        if (chain.stops[at].unit != nowhere && chain.stops[at].variant == 0) free_units.push_back(chain.stops[at].unit);
    }
    for (const std::uint32_t unit : free_units)
        for (const Member& member : units_[unit].members) visit_groups(member.chain, visit);
}

/// With how much work it is to follow one of their states: stops times the targets that are open at once.
void Routes::collect_onces(std::uint32_t number, std::uint32_t first, std::uint32_t last,
                           std::vector<std::uint32_t>& onces, double& weight) const {
    const Chain& chain = chains_[number];
    std::vector<ElementId> targets;
    for (std::uint32_t at = first; at <= last && at < chain.stops.size(); ++at) {
        const Stop& stop = chain.stops[at];
        if (stop.unit != nowhere && stop.variant == 0) {
            targets.insert(targets.end(), units_[stop.unit].asks.begin(), units_[stop.unit].asks.end());
            for (const Member& member : units_[stop.unit].members)
                collect_onces(member.chain, 0, static_cast<std::uint32_t>(chains_[member.chain].stops.size()), onces,
                              weight);
        }
        if (stop.kind != Stop::Kind::leaf) continue;
        for (const Back& back : backs_[stop.element.index]) {
            targets.push_back(back.target);
            if (back.once != nowhere) onces.push_back(back.once);
        }
    }
    sort_once_each(targets);
    weight += static_cast<double>(last - first + 1) * std::min(64.0, 1 + static_cast<double>(targets.size()));
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
    for (const Stop& stop : chain.stops) {
        if (stop.kind == Stop::Kind::leaf)
            for (const Back& back : backs_[stop.element.index])
                if (back.once != nowhere && bits_[back.once] != nowhere) holder.used |= 1u << bits_[back.once];
        if (stop.unit == nowhere || stop.variant != 0) continue;
        for (const Member& member : units_[stop.unit].members) put_into_group(member.chain, group);
        holder.used |= units_[stop.unit].used;
    }
    chain.group = group;
}

}  // namespace vsm::runtime
