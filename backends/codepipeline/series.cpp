#include "backends/codepipeline/series.h"

#include <algorithm>
#include <map>
#include <set>

namespace vsm::backends::codepipeline {
namespace {

using ir::ElementId;

/// The elements in topological order, and their predecessors without implied ones.
struct Order {
    std::vector<ElementId> elements;
    std::map<ElementId, std::vector<ElementId>> before;
};

Order order_of(const ir::Stream& stream, const ir::Body& body) {
    Order order;
    order.elements = ir::topological_order(stream, body);
    const auto before = ir::reduced_predecessors(stream, body);
    for (std::size_t i = 0; i < body.elements.size(); ++i) order.before[body.elements[i]] = before[i];
    return order;
}

/// Whether everything from position `cut` on starts after everything before it has ended: each element whose
/// predecessors all precede the cut has exactly the ends of the part before it.
bool parts_at(const Order& order, std::size_t cut, const std::set<ElementId>& ends) {
    const std::set<ElementId> behind(order.elements.begin() + static_cast<std::ptrdiff_t>(cut), order.elements.end());
    for (std::size_t i = cut; i < order.elements.size(); ++i) {
        const std::vector<ElementId>& before = order.before.at(order.elements[i]);
        const bool begins =
            std::none_of(before.begin(), before.end(), [&](ElementId id) { return behind.contains(id); });
        if (begins && std::set<ElementId>(before.begin(), before.end()) != ends) return false;
    }
    return true;
}

}  // namespace

bool is_chain(const ir::Stream& stream, const std::vector<ElementId>& elements) {
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const std::vector<ElementId>& before = stream.elements[elements[i]].predecessors;
        const bool follows = i == 0 ? before.empty() : before.size() == 1 && before.front() == elements[i - 1];
        if (!follows) return false;
    }
    return true;
}

std::vector<std::vector<ElementId>> in_series(const ir::Stream& stream, const ir::Body& body) {
    std::vector<std::vector<ElementId>> parts;
    if (is_chain(stream, body.elements)) {
        for (const ElementId id : body.elements) parts.push_back({id});
        return parts;
    }
    const Order order = order_of(stream, body);
    std::set<ElementId> ends;
    for (std::size_t i = 0; i < order.elements.size(); ++i) {
        if (i == 0 || parts_at(order, i, ends)) parts.emplace_back();
        for (const ElementId id : order.before.at(order.elements[i])) ends.erase(id);
        ends.insert(order.elements[i]);
        parts.back().push_back(order.elements[i]);
    }
    return parts;
}

}  // namespace vsm::backends::codepipeline
