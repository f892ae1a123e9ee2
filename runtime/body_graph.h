// The elements of one body as a graph by position. For runtime/ alone; knows no times.
#pragma once

#include <unordered_map>
#include <vector>

#include "ir/checked_model.h"

namespace vsm::runtime {

/// `order` and `before` have one entry for each element of the body.
struct BodyGraph {
    std::vector<ir::ElementId> order;  ///< each after its predecessors; ties in the order written
    std::vector<std::vector<std::size_t>>
        before;                     ///< predecessors by position, each once; none at the body's beginning
    std::vector<std::size_t> ends;  ///< positions that nothing follows
};

/// By position: whether every way through the body passes it, that is, no edge leads past it.
std::vector<char> passed_by_all(const BodyGraph& graph);

/// The graphs of a stream's bodies, built once. Borrows the stream.
class BodyGraphs {
public:
    explicit BodyGraphs(const ir::Stream& stream);

    /// Nothing for a sequence: a body in which each element simply follows the one before.
    const BodyGraph* find(const ir::Body& body) const;

private:
    void add(const ir::Stream& stream, const ir::Body& body, std::vector<std::size_t>& position);

    std::unordered_map<const ir::Body*, BodyGraph> graphs_;
};

}  // namespace vsm::runtime
