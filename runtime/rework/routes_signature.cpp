// Computes signatures of stretches of routes, so that equal ones share a solution.
#include <algorithm>
#include <cstring>

#include "runtime/rework/routes.h"

namespace vsm::runtime {
namespace {

/// Concatenates numbers as bytes.
class Bytes {
public:
    template <class T>
    void add(T number) {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &number, sizeof(T));
        text_.append(bytes, sizeof(T));
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

}  // namespace

Routes::Origin Routes::origin_of(std::uint32_t first, std::uint32_t last) const {
    Origin origin{none, none};
    visit_states(0, first, last, [&](std::uint32_t, const State& state) {
        if (state.unit != none) origin.unit = std::min(origin.unit, state.unit);
        if (!state.element.valid()) return;
        origin.order = std::min(origin.order, order_of(state.element));
        for (const ReworkEdge& edge : rework_edges_[state.element.index])
            origin.order = std::min(origin.order, order_of(edge.target));
    });
    return origin;
}

/// Visits the states of a stretch and of all nested units.
template <class Visit>
void Routes::visit_states(std::uint32_t number, std::uint32_t first, std::uint32_t last, const Visit& visit) const {
    const Chain& chain = chains_[number];
    for (std::uint32_t at = first; at <= last && at < chain.states.size(); ++at) {
        const State& state = chain.states[at];
        visit(number, state);
        if (state.unit == none || state.variant != 0) continue;
        for (const Member& member : units_[state.unit].members)
            visit_states(member.chain, 0, static_cast<std::uint32_t>(chains_[member.chain].states.size()), visit);
    }
}

std::string Routes::signature_of(std::uint32_t first, std::uint32_t last) const {
    if (simplified_ || once_steps_.empty()) return "";
    const Origin origin = origin_of(first, last);
    bool any = false, exact = true;
    Bytes bytes;
    const auto order = [&](ir::ElementId id) { return order_of(id) - origin.order; };
    const auto add_backs = [&](ir::ElementId id) {
        for (const ReworkEdge& edge : rework_edges_[id.index]) {
            any = any || edge.once != none;
            exact = exact && (edge.once == none || bits_[edge.once] != none);
            bytes.add(order(edge.target));
            bytes.add(edge.parts);
            bytes.add(edge.once == none ? none : bits_[edge.once]);
        }
    };
    const auto add_unit = [&](std::uint32_t number) {
        const Unit& unit = units_[number];
        bytes.add(number - origin.unit);
        bytes.add(unit.used);
        bytes.add(unit.exact);
        for (const Variant& variant : unit.variants) {
            bytes.add(variant.start.valid() ? order(variant.start) : none);
            bytes.add(variant.member);
        }
        for (const Member& member : unit.members) {
            bytes.add(chains_[member.chain].states.size());
            bytes.add(chains_[member.chain].group == none);
            for (const Loop& loop : chains_[member.chain].loops) bytes.add(loop.first), bytes.add(loop.last);
            for (const std::size_t b : member.before) bytes.add(b);
            bytes.add(none);
        }
    };
    visit_states(0, first, last, [&](std::uint32_t number, const State& state) {
        const std::uint32_t begin = number == 0 ? first : 0;
        const Chain& chain = chains_[number];
        bytes.add(state.kind);
        bytes.add(state.next - begin);
        bytes.add(state.depth);
        bytes.add(state.variant);
        if (state.element.valid()) bytes.add(order(state.element));
        for (std::uint32_t i = state.branches; i < state.branches + state.branch_count; ++i)
            bytes.add(chain.branches[i].to - begin), bytes.add(chain.branches[i].share);
        if (state.kind == State::Kind::leaf) add_backs(state.element);
        if (state.unit != none && state.variant == 0) add_unit(state.unit);
    });
    return any && exact ? bytes.take() : "";
}

}  // namespace vsm::runtime
