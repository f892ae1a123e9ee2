#include "runtime/body_graph.h"

#include <unordered_map>

namespace vsm::runtime {

using ir::ElementId;

bool is_sequence(const ir::Stream& stream, const ir::Body& body) {
    for (std::size_t i = 0; i < body.elements.size(); ++i) {
        const auto& before = stream.elements[body.elements[i]].predecessors;
        if (i == 0 ? !before.empty() : before.size() != 1 || before.front() != body.elements[i - 1]) return false;
    }
    return true;
}

BodyGraph graph_of(const ir::Stream& stream, const ir::Body& body) {
    BodyGraph graph;
    graph.order = ir::topological_order(stream, body);
    const std::size_t count = graph.order.size();
    std::unordered_map<std::uint32_t, std::size_t> position;
    position.reserve(count);
    for (std::size_t i = 0; i < count; ++i) position.emplace(graph.order[i].index, i);
    graph.before.resize(count);
    std::vector<char> followed(count);
    for (std::size_t i = 0; i < count; ++i) {
        for (const ElementId id : stream.elements[graph.order[i]].predecessors) {
            const std::size_t before = position.at(id.index);
            graph.before[i].push_back(before);
            followed[before] = 1;
        }
    }
    for (std::size_t i = 0; i < count; ++i)
        if (!followed[i]) graph.ends.push_back(i);
    return graph;
}

}  // namespace vsm::runtime
