#include "runtime/times/body_graph.h"

#include <algorithm>

namespace vsm::runtime {
namespace {

using ir::Body;
using ir::ElementId;
using ir::Stream;

/// Limit on nested blocks and graph parts, the same as for blocks alone.
constexpr std::size_t most_nested = 64;

bool is_sequence(const Stream& stream, const Body& body) {
    for (std::size_t i = 0; i < body.elements.size(); ++i) {
        const auto& before = stream.elements[body.elements[i]].predecessors;
        if (i == 0 ? !before.empty() : before.size() != 1 || before.front() != body.elements[i - 1]) return false;
    }
    return true;
}

/// `position` has the positions of the body's elements in source order. Usually the predecessors come first.
bool in_order_as_written(const Stream& stream, const Body& body, const std::vector<std::size_t>& position) {
    for (std::size_t i = 0; i < body.elements.size(); ++i)
        for (const ElementId id : stream.elements[body.elements[i]].predecessors)
            if (position[id.index] >= i) return false;
    return true;
}

}  // namespace

BodyGraphs::BodyGraphs(const Stream& stream) {
    std::vector<std::size_t> position(stream.elements.size());
    add(stream, stream.body, {}, position);
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ElementId id = stream.elements.id_at(i);
        const ir::Element& element = stream.elements[id];
        if (const auto* stage = std::get_if<ir::Stage>(&element.what)) add(stream, stage->body, id, position);
        if (const auto* branch = std::get_if<ir::Branch>(&element.what)) add(stream, branch->body, id, position);
    }
}

const BodyGraph* BodyGraphs::find(const Body& body) const {
    const auto found = graphs_.find(&body);
    return found == graphs_.end() ? nullptr : &found->second;
}

const Part* BodyGraphs::find_parts(const Body& body) const {
    const auto found = parts_.find(&body);
    return found == parts_.end() ? nullptr : &found->second;
}

void BodyGraphs::add(const Stream& stream, const Body& body, ElementId holder, std::vector<std::size_t>& position) {
    if (is_sequence(stream, body)) return;
    BodyGraph& graph = graphs_[&body];
    graph.order = body.elements;
    const auto number = [&] {
        for (std::size_t i = 0; i < graph.order.size(); ++i) position[graph.order[i].index] = i;
    };
    number();
    if (!in_order_as_written(stream, body, position)) {
        graph.order = ir::topological_order(stream, body);
        number();
    }
    const std::size_t count = graph.order.size();
    graph.before.resize(count);
    std::vector<char> followed(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto& before = graph.before[i];
        for (const ElementId id : stream.elements[graph.order[i]].predecessors) before.push_back(position[id.index]);
        std::sort(before.begin(), before.end());
        before.erase(std::unique(before.begin(), before.end()), before.end());
        for (const std::size_t b : before) followed[b] = 1;
    }
    for (std::size_t i = 0; i < count; ++i)
        if (!followed[i]) graph.ends.push_back(i);
    std::size_t depth = 0;
    for (; holder.valid(); holder = stream.elements[holder].parent) ++depth;
    parts_.emplace(&body, parts_of(graph, most_nested > depth ? most_nested - depth : 0));
}

std::vector<char> passed_by_all(const BodyGraph& graph) {
    const std::size_t count = graph.order.size();
    std::vector<std::size_t> reach(count);  // the furthest successor of each; the body's end is `count`
    std::size_t furthest = 0;  // target of the edges that bypass the current element, including those from the start
    for (std::size_t i = 0; i < count; ++i) {
        if (graph.before[i].empty()) furthest = i;
        for (const std::size_t b : graph.before[i]) reach[b] = std::max(reach[b], i);
    }
    for (const std::size_t end : graph.ends) reach[end] = count;
    std::vector<char> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        all[i] = furthest <= i;
        furthest = std::max(furthest, reach[i]);
    }
    return all;
}

}  // namespace vsm::runtime
