#include "backends/mock/stretches.h"

#include <algorithm>

#include "ir/checked_model.h"

namespace vsm::backends::mock {

using ir::ElementId;

const ir::Body* body_in(const ir::Element& element) {
    if (const auto* stage = std::get_if<ir::Stage>(&element.what)) return &stage->body;
    if (const auto* branch = std::get_if<ir::Branch>(&element.what)) return &branch->body;
    return nullptr;
}

Stretches::Stretches(const ir::Stream& stream)
    : stream_(stream), leaves_(stream.elements.size()), rank_(stream.elements.size()) {
    for (const ElementId id : stream.body.elements) count_leaves(id);
}

std::size_t Stretches::count_leaves(ElementId id) {
    const ir::Element& element = stream_.elements[id];
    const std::vector<ElementId>& children = ir::children_of(element);
    std::size_t leaves = children.empty() && body_in(element) == nullptr ? 1 : 0;
    for (const ElementId child : children) leaves += count_leaves(child);
    return leaves_[id.index] = leaves;
}

const Stretches::Order& Stretches::order_of(const ir::Body& body) {
    const auto [at, added] = orders_.try_emplace(&body);
    Order& order = at->second;
    if (!added) return order;
    order.elements = ir::topological_order(stream_, body);
    order.leaves.push_back(0);
    order.joints.push_back(0);
    for (std::size_t rank = 0; rank < order.elements.size(); ++rank) {
        const ElementId id = order.elements[rank];
        rank_[id.index] = rank;
        std::vector<std::size_t>& before = order.before.emplace_back();
        for (const ElementId one : stream_.elements[id].predecessors)
            if (stream_.elements[one].parent == stream_.elements[id].parent) before.push_back(rank_[one.index]);
        const bool follows = before.size() == 1 && before.front() + 1 == rank;
        order.leaves.push_back(order.leaves.back() + leaves_[id.index]);
        order.joints.push_back(order.joints.back() + (follows ? 0 : 1));
    }
    return order;
}

Stretches::Ranks Stretches::ranks_of(const Order& order, const Stretch& part) const {
    const std::size_t count = order.elements.size();
    const std::size_t first = part.after.valid() ? rank_[part.after.index] + 1 : 0;
    const std::size_t end = std::max(first, part.before.valid() ? rank_[part.before.index] : count);
    if (!part.after.valid() && !part.before.valid()) return {first, end, true};
    // without a joint from the one after the first to the last, each follows the one before
    const std::size_t begin = part.after.valid() ? first : std::min(first + 1, count);
    const std::size_t stop = part.before.valid() ? std::min(end + 1, count) : end;
    return {first, end, begin >= stop || order.joints[begin] == order.joints[stop]};
}

std::vector<std::size_t> Stretches::on_the_way(const Order& order, const Stretch& part, const Ranks& ranks) {
    reached_.assign(order.elements.size(), part.after.valid() ? 0 : 1);
    leads_there_.assign(order.elements.size(), part.before.valid() ? 0 : 1);
    if (part.after.valid()) {
        reached_[rank_[part.after.index]] = 1;
        for (std::size_t rank = ranks.first; rank < ranks.end; ++rank)
            for (const std::size_t before : order.before[rank]) reached_[rank] |= reached_[before];
    }
    if (part.before.valid()) {
        for (const std::size_t before : order.before[ranks.end]) leads_there_[before] = 1;
        for (std::size_t rank = ranks.end; rank-- > ranks.first;)
            if (leads_there_[rank] != 0)
                for (const std::size_t before : order.before[rank]) leads_there_[before] = 1;
    }
    std::vector<std::size_t> kept;
    for (std::size_t rank = ranks.first; rank < ranks.end; ++rank)
        if (reached_[rank] != 0 && leads_there_[rank] != 0) kept.push_back(rank);
    return kept;
}

std::size_t Stretches::leaves_in(const Stretch& part) {
    const Order& order = order_of(part.body);
    const Ranks ranks = ranks_of(order, part);
    if (ranks.all) return order.leaves[ranks.end] - order.leaves[ranks.first];
    std::size_t leaves = 0;
    for (const std::size_t rank : on_the_way(order, part, ranks)) leaves += leaves_[order.elements[rank].index];
    return leaves;
}

std::vector<ElementId> Stretches::elements_of(const Stretch& part) {
    const Order& order = order_of(part.body);
    const Ranks ranks = ranks_of(order, part);
    std::vector<ElementId> elements;
    if (ranks.all) {
        for (std::size_t rank = ranks.first; rank < ranks.end; ++rank) elements.push_back(order.elements[rank]);
    } else {
        for (const std::size_t rank : on_the_way(order, part, ranks)) elements.push_back(order.elements[rank]);
    }
    return elements;
}

}  // namespace vsm::backends::mock
