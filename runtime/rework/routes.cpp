#include "runtime/rework/routes.h"

namespace vsm::runtime {
namespace {

using ir::Body;
using ir::ElementId;

/// Stands for `next` of a branch until the end of its choose is known.
constexpr std::uint32_t after_choose = none - 1;

/// Work budget, in elements and rework edges, over all variants of all graphs.
constexpr std::size_t most_variant_work = 300'000;

}  // namespace

Routes::Routes(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs, double budget_share)
    : stream_(stream), facts_(facts), graphs_(graphs), budget_share_(budget_share) {
    collect_rework_edges();
    build();
    if (find_starts()) build();
    collect_outside_targets();
    for (std::uint32_t chain = 0; chain < chains_.size(); ++chain) find_loops(chain);
    bits_.assign(once_steps_.size(), none);
    if (!once_steps_.empty()) find_groups();
}

std::optional<std::uint32_t> Routes::bit_of(std::uint32_t once) const {
    if (bits_[once] == none) return std::nullopt;
    return bits_[once];
}

std::optional<std::uint32_t> Routes::state_of(std::uint32_t chain, ElementId target) const {
    const Entry& entry = entries_[target.index];
    if (entry.chain == chain) return entry.state;
    const auto found = variant_states_[chain].find(target);
    if (found == variant_states_[chain].end()) return std::nullopt;
    return found->second;
}

void Routes::visit_units_around(std::uint32_t chain, const std::function<void(std::uint32_t unit)>& visit) const {
    while (chains_[chain].unit != none) {
        visit(chains_[chain].unit);
        chain = units_[chains_[chain].unit].chain;
    }
}

std::uint32_t Routes::own_state_of_unit(std::uint32_t unit) const {
    while (units_[unit].chain != 0) unit = chains_[units_[unit].chain].unit;
    return units_[unit].variants.front().state;
}

std::uint32_t Routes::own_state_of(ElementId element) const {
    const std::uint32_t chain = chain_of(element);
    return chain == 0 ? first_state_of(element) : own_state_of_unit(chains_[chain].unit);
}

// ---- construction ----

void Routes::build() {
    chains_.clear();
    units_.clear();
    variant_states_.clear();
    entries_.assign(stream_.elements.size(), {});
    order_ = 0;
    ordered_.clear();
    variant_work_ = 0;
    append(add_chain(none), stream_.body, none, {});
}

std::uint32_t Routes::add_chain(std::uint32_t unit) {
    chains_.emplace_back();
    chains_.back().unit = unit;
    variant_states_.emplace_back();
    return static_cast<std::uint32_t>(chains_.size() - 1);
}

std::uint32_t Routes::add_state(std::uint32_t chain, State state) {
    auto& states = chains_[chain].states;
    states.push_back(state);
    states.back().next = static_cast<std::uint32_t>(states.size());
    states.back().depth =
        state.choice == none ? 0 : chains_[chain].states[chains_[chain].choices[state.choice].first].depth + 1;
    return static_cast<std::uint32_t>(states.size() - 1);
}

void Routes::register_entry(ElementId id, std::uint32_t chain) {
    entries_[id.index] = {chain, static_cast<std::uint32_t>(chains_[chain].states.size()), order_++};
    ordered_.push_back(id);
}

/// An empty block becomes a state that takes no time, so that there is always a state to go to.
void Routes::append(std::uint32_t chain, const Body& body, std::uint32_t choice, ElementId holder) {
    if (body.elements.empty() && holder.valid()) {
        State state;
        state.element = holder;
        state.choice = choice;
        add_state(chain, state);
    } else if (const Part* part = graphs_.find_parts(body)) {
        append_part(chain, *part, choice);
    } else {
        for (const ElementId id : body.elements) append(chain, id, choice);
    }
}

void Routes::append(std::uint32_t chain, ElementId id, std::uint32_t choice) {
    register_entry(id, chain);
    const auto& what = stream_.elements[id].what;
    if (const auto* stage = std::get_if<ir::Stage>(&what)) return append(chain, stage->body, choice, id);
    if (const auto* branch = std::get_if<ir::Branch>(&what)) return append(chain, branch->body, choice, id);
    if (const auto* parallel = std::get_if<ir::Parallel>(&what)) return append_parallel(chain, id, *parallel, choice);
    if (const auto* choose = std::get_if<ir::Choose>(&what)) return append_choose(chain, id, *choose, choice);
    State state;
    state.element = id;
    state.choice = choice;
    add_state(chain, state);
}

void Routes::append_parallel(std::uint32_t chain, ElementId id, const ir::Parallel& parallel, std::uint32_t choice) {
    const auto unit = static_cast<std::uint32_t>(units_.size());
    State state;
    state.kind = State::Kind::side_by_side;
    state.element = id;
    state.unit = unit;
    state.choice = choice;
    units_.emplace_back();
    units_[unit].chain = chain;
    units_[unit].variants.push_back({{}, 0, add_state(chain, state)});
    for (const ElementId branch : parallel.branches) {
        const std::uint32_t member = add_chain(unit);
        append(member, branch, none);
        units_[unit].ends.push_back(units_[unit].members.size());
        chains_[member].member = units_[unit].members.size();
        units_[unit].members.push_back({member, {}});
    }
}

void Routes::append_choose(std::uint32_t chain, ElementId id, const ir::Choose& choose, std::uint32_t choice) {
    State state;
    state.kind = State::Kind::choice;
    state.element = id;
    state.choice = choice;
    const std::uint32_t first = add_state(chain, state);
    const auto inside = static_cast<std::uint32_t>(chains_[chain].choices.size());
    chains_[chain].choices.push_back({first, first, choice});
    std::vector<ChoiceBranch> branches;
    for (const ElementId branch : choose.branches) {
        const auto begin = static_cast<std::uint32_t>(chains_[chain].states.size());
        branches.push_back({begin, facts_.elements[branch].branch_share});
        append(chain, branch, inside);
        auto& states = chains_[chain].states;
        for (std::uint32_t at = begin; at < states.size(); ++at)
            if (states[at].next == states.size()) states[at].next = after_choose;
    }
    Chain& made = chains_[chain];
    const auto end = static_cast<std::uint32_t>(made.states.size());
    for (std::uint32_t at = first; at < end; ++at)
        if (made.states[at].next == after_choose) made.states[at].next = end;
    made.choices[inside].last = end - 1;
    made.states[first].branches = static_cast<std::uint32_t>(made.branches.size());
    made.states[first].branch_count = static_cast<std::uint32_t>(branches.size());
    made.branches.insert(made.branches.end(), branches.begin(), branches.end());
}

/// The size of an element: itself, its content, and their rework edges.
std::size_t Routes::size_of(ElementId id) const {
    std::size_t size = 1 + rework_edges_[id.index].size();
    for (const ElementId child : ir::children_of(stream_.elements[id])) size += size_of(child);
    return size;
}

void Routes::append_part(std::uint32_t chain, const Part& part, std::uint32_t choice) {
    if (part.kind == Part::Kind::element) return append(chain, part.element, choice);
    if (part.kind != Part::Kind::series) return append_graph_unit(chain, part, choice);
    for (const Part& one : part.parts) append_part(chain, one, choice);
}

std::size_t Routes::size_of(const Part& part) const {
    std::size_t size = part.kind == Part::Kind::element ? size_of(part.element) : 0;
    for (const Part& one : part.parts) size += size_of(one);
    for (const ElementId id : part.graph.order) size += size_of(id);
    return size;
}

/// Appends the parallel part of a graph as a unit: branches, or a graph that is not series-parallel.
void Routes::append_graph_unit(std::uint32_t chain, const Part& part, std::uint32_t choice) {
    const auto unit = static_cast<std::uint32_t>(units_.size());
    units_.emplace_back();
    units_[unit].chain = chain;
    units_[unit].graph = true;
    if (starts_.size() <= unit) starts_.resize(unit + 1);
    add_variants(unit, starts_[unit].empty() ? 0 : size_of(part), choice);
    std::vector<char> followed(part.graph.order.size());
    const std::size_t count = part.kind == Part::Kind::graph ? part.graph.order.size() : part.parts.size();
    for (std::size_t i = 0; i < count; ++i) {
        Member member{add_chain(unit), {}};
        if (part.kind == Part::Kind::graph) {
            member.before = part.graph.before[i];
            for (const std::size_t b : member.before) followed[b] = 1;
            append(member.chain, part.graph.order[i], none);
        } else {
            append_part(member.chain, part.parts[i], none);
        }
        chains_[member.chain].member = units_[unit].members.size();
        units_[unit].members.push_back(std::move(member));
        if (part.kind == Part::Kind::parallel) units_[unit].ends.push_back(i);
    }
    for (std::size_t i = 0; i < followed.size(); ++i)
        if (!followed[i]) units_[unit].ends.push_back(i);
    for (Variant& variant : units_[unit].variants) {
        if (!variant.start.valid()) continue;
        // Climbs from the start's chain to the member of this unit that contains it.
        std::uint32_t at = chain_of(variant.start);
        while (chains_[at].unit != unit) at = units_[chains_[at].unit].chain;
        variant.member = chains_[at].member;
    }
}

/// Adds one state that starts the whole unit, and one per inner element to which rework from outside its member leads.
void Routes::add_variants(std::uint32_t unit, std::size_t size, std::uint32_t choice) {
    const std::uint32_t chain = units_[unit].chain;
    const std::vector<ElementId>& starts = starts_[unit];
    for (std::uint32_t i = 0; i <= starts.size(); ++i) {
        variant_work_ += i == 0 ? 0 : size;
        if (i > 0 && variant_work_ > most_variant_work) {
            simplified_ = true;
            variant_states_[chain].emplace(starts[i - 1], units_[unit].variants.front().state);
            continue;
        }
        State state;
        state.kind = State::Kind::side_by_side;
        state.unit = unit;
        state.variant = static_cast<std::uint32_t>(units_[unit].variants.size());
        state.choice = choice;
        const std::uint32_t at = add_state(chain, state);
        units_[unit].variants.push_back({i == 0 ? ElementId{} : starts[i - 1], 0, at});
        if (i > 0) variant_states_[chain].emplace(starts[i - 1], at);
    }
    for (const Variant& variant : units_[unit].variants)
        chains_[chain].states[variant.state].next = static_cast<std::uint32_t>(chains_[chain].states.size());
}

}  // namespace vsm::runtime
