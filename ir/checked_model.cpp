#include "ir/checked_model.h"

#include <algorithm>
#include <map>
#include <queue>

namespace vsm::ir {
namespace {

/// Predecessors and successors in a body, by position in `elements`.
struct Graph {
    std::vector<std::vector<std::size_t>> before;
    std::vector<std::vector<std::size_t>> after;
};

Graph graph_of(const Stream& stream, const Body& body) {
    std::map<ElementId, std::size_t> position;
    for (std::size_t i = 0; i < body.elements.size(); ++i) position[body.elements[i]] = i;
    Graph graph;
    graph.before.resize(body.elements.size());
    graph.after.resize(body.elements.size());
    for (std::size_t i = 0; i < body.elements.size(); ++i) {
        for (const ElementId id : stream.elements[body.elements[i]].predecessors) {
            const auto found = position.find(id);
            if (found == position.end()) continue;
            graph.before[i].push_back(found->second);
            graph.after[found->second].push_back(i);
        }
    }
    return graph;
}

std::vector<std::size_t> positions_in_order(const Graph& graph) {
    std::vector<std::size_t> missing(graph.before.size());
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t i = 0; i < missing.size(); ++i)
        if ((missing[i] = graph.before[i].size()) == 0) ready.push(i);
    std::vector<std::size_t> order;
    while (!ready.empty()) {
        const std::size_t next = ready.top();
        ready.pop();
        order.push_back(next);
        for (const std::size_t follower : graph.after[next])
            if (--missing[follower] == 0) ready.push(follower);
    }
    return order;
}

}  // namespace

IdVector<StreamId, StreamId> roots_of(const Model& model) {
    IdVector<StreamId, StreamId> roots;
    roots.resize(model.streams.size());
    for (std::size_t i = 0; i < roots.size(); ++i) {
        std::vector<StreamId> way{model.streams.id_at(i)};
        while (!roots[way.back()].valid()) {
            const auto& future = model.streams[way.back()].future;
            if (!future || !future->of.valid()) {
                roots[way.back()] = way.back();
            } else {
                way.push_back(future->of);
            }
        }
        const StreamId root = roots[way.back()];
        for (const StreamId id : way) roots[id] = root;
    }
    return roots;
}

CheckedModel::CheckedModel(Model model, IdVector<StreamId, StreamFacts> facts, std::vector<StreamFacts> interim_facts)
    : model_(std::move(model)), facts_(std::move(facts)), interim_facts_(std::move(interim_facts)),
      roots_(roots_of(model_)) {
    recoveries_.resize(roots_.size());
    futures_.resize(roots_.size());
    for (std::size_t i = 0; i < roots_.size(); ++i) {
        const StreamId id = roots_.id_at(i), recovered = model_.streams[id].recovers;
        if (roots_[id] != id) futures_[roots_[id]].push_back(id);
        if (recovered.valid() && !recoveries_[recovered].valid()) recoveries_[recovered] = id;
    }
}

double waiting_time(const Queue& queue, const Rate& demand, double share) {
    const double per_microsecond = demand.per_second() / microseconds_per_second;
    return queue.items.value() / (per_microsecond * share);
}

std::vector<ElementId> topological_order(const Stream& stream, const Body& body) {
    std::vector<ElementId> order;
    for (const std::size_t position : positions_in_order(graph_of(stream, body)))
        order.push_back(body.elements[position]);
    return order;
}

std::vector<std::vector<ElementId>> reduced_predecessors(const Stream& stream, const Body& body) {
    const Graph graph = graph_of(stream, body);
    const std::vector<std::size_t> order = positions_in_order(graph);
    std::vector<std::size_t> rank(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    // Goes in topological order, so that the searches back follow edges that are already reduced.
    std::vector<std::vector<std::size_t>> kept(graph.before.size());
    std::vector<std::size_t> seen(graph.before.size(), order.size()), open;
    for (const std::size_t at : order) {
        std::vector<std::size_t> direct = graph.before[at];
        std::sort(direct.begin(), direct.end(), [&](std::size_t a, std::size_t b) { return rank[a] > rank[b]; });
        direct.erase(std::unique(direct.begin(), direct.end()), direct.end());
        const std::size_t lowest = direct.empty() ? 0 : rank[direct.back()];
        for (const std::size_t candidate : direct) {
            if (seen[candidate] == at) continue;
            kept[at].push_back(candidate);
            open.push_back(candidate);
            while (!open.empty()) {
                const std::size_t next = open.back();
                open.pop_back();
                if (seen[next] == at || rank[next] < lowest) continue;
                seen[next] = at;
                open.insert(open.end(), kept[next].begin(), kept[next].end());
            }
        }
    }
    std::vector<std::vector<ElementId>> reduced(graph.before.size());
    for (std::size_t at = 0; at < kept.size(); ++at) {
        for (const std::size_t before : kept[at]) reduced[at].push_back(body.elements[before]);
        std::sort(reduced[at].begin(), reduced[at].end());
    }
    return reduced;
}

std::vector<ElementId> ends_of(const Stream& stream, const Body& body) {
    const Graph graph = graph_of(stream, body);
    std::vector<ElementId> ends;
    for (std::size_t i = 0; i < body.elements.size(); ++i)
        if (graph.after[i].empty()) ends.push_back(body.elements[i]);
    return ends;
}

const Body& body_of(const Stream& stream, ElementId parent) {
    if (!parent.valid()) return stream.body;
    const Element& holder = stream.elements[parent];
    if (const auto* stage = std::get_if<Stage>(&holder.what)) return stage->body;
    const auto* branch = std::get_if<Branch>(&holder.what);
    VSM_CHECK(branch != nullptr);
    return branch->body;
}

}  // namespace vsm::ir
