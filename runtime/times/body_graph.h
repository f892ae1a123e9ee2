// Graph of the elements of one body, by position, and its decomposition into series and parallel parts. Internal to
// runtime/; does not depend on times.
#pragma once

#include <unordered_map>
#include <vector>

#include "ir/checked_model.h"

namespace vsm::runtime {

/// `order` and `before` have one entry for each element of the body.
struct BodyGraph {
    std::vector<ir::ElementId> order;  ///< topological; ties in source order
    std::vector<std::vector<std::size_t>>
        before;  ///< direct predecessors by position, without duplicates or implied ones; empty at the start
    std::vector<std::size_t> ends;  ///< positions without successors
};

/// A body decomposed into series and parallel parts as far as possible. The rest remains a graph of elements.
struct Part {
    enum class Kind : std::uint8_t { element, series, parallel, graph };
    Kind kind = Kind::element;
    ir::ElementId element;
    std::vector<Part> parts;  ///< of a series in order; of a parallel in source order
    BodyGraph graph;          ///< of elements
};

/// Decomposes the graph of a body. Parallels nest at most `most_nested` deep; what lies deeper remains a graph. Near
/// linear in elements and edges per level.
Part parts_of(const BodyGraph& graph, std::size_t most_nested);

/// By position: whether every path through the body passes the element, that is, no edge bypasses it.
std::vector<char> passed_by_all(const BodyGraph& graph);

/// The graphs of a stream's bodies, built once. Borrows the stream's bodies.
class BodyGraphs {
public:
    explicit BodyGraphs(const ir::Stream& stream);

    /// Null for a sequence: a body in which each element follows the previous one.
    const BodyGraph* find(const ir::Body& body) const;
    /// The decomposed graph; null for a sequence.
    const Part* find_parts(const ir::Body& body) const;

private:
    void add(const ir::Stream& stream, const ir::Body& body, ir::ElementId holder, std::vector<std::size_t>& position);

    std::unordered_map<const ir::Body*, BodyGraph> graphs_;
    std::unordered_map<const ir::Body*, Part> parts_;
};

}  // namespace vsm::runtime
