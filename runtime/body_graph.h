// The elements of one body as a graph by position, and what of it follows one another or stands side by side. For runtime/ alone; knows no
// times.
#pragma once

#include <unordered_map>
#include <vector>

#include "ir/checked_model.h"

namespace vsm::runtime {

/// `order` and `before` have one entry for each element of the body.
struct BodyGraph {
    std::vector<ir::ElementId> order;  ///< each after its predecessors; ties in the order written
    std::vector<std::vector<std::size_t>>
        before;                     ///< predecessors by position, each once, none that others imply; none at the body's beginning
    std::vector<std::size_t> ends;  ///< positions that nothing follows
};

/// A body as a sequence would write it, as far as one can: parts that follow one another, branches that stand side by side. What is
/// neither stays a graph of elements.
struct Part {
    enum class Kind : std::uint8_t { element, series, parallel, graph };
    Kind kind = Kind::element;
    ir::ElementId element;
    std::vector<Part> parts;  ///< of a series in order; of a parallel in the order written
    BodyGraph graph;          ///< of elements
};

/// The body of a graph in parts, those of a parallel nested at most so deep: what lies deeper stays a graph. Near linear in its elements
/// and edges for each level.
Part parts_of(const BodyGraph& graph, std::size_t most_nested);

/// By position: whether every way through the body passes it, that is, no edge leads past it.
std::vector<char> passed_by_all(const BodyGraph& graph);

/// The graphs of a stream's bodies, built once. Borrows the stream.
class BodyGraphs {
public:
    explicit BodyGraphs(const ir::Stream& stream);

    /// Nothing for a sequence: a body in which each element simply follows the one before.
    const BodyGraph* find(const ir::Body& body) const;
    /// The same in parts.
    const Part* find_parts(const ir::Body& body) const;

private:
    void add(const ir::Stream& stream, const ir::Body& body, ir::ElementId holder, std::vector<std::size_t>& position);

    std::unordered_map<const ir::Body*, BodyGraph> graphs_;
    std::unordered_map<const ir::Body*, Part> parts_;
};

}  // namespace vsm::runtime
