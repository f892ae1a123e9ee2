// The elements of one body as a graph by position. For runtime/ alone; knows no times.
#pragma once

#include <vector>

#include "ir/checked_model.h"

namespace vsm::runtime {

/// True when each element of a body simply follows the one before, so that there is one way through it.
bool is_sequence(const ir::Stream& stream, const ir::Body& body);

struct BodyGraph {
    std::vector<ir::ElementId> order;              ///< each after its predecessors; ties in the order written
    std::vector<std::vector<std::size_t>> before;  ///< predecessors by position; none at the body's beginning
    std::vector<std::size_t> ends;                 ///< positions that nothing follows
};

BodyGraph graph_of(const ir::Stream& stream, const ir::Body& body);

}  // namespace vsm::runtime
