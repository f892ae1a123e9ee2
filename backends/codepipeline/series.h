// Cuts the graph of a body into parts that follow one another. Knows nothing of CodePipeline's rules.
#pragma once

#include <vector>

#include "ir/checked_model.h"

namespace vsm::backends::codepipeline {

/// Parts of a body such that all of one part comes before all of the next; each as small as can be, its elements in an order in which
/// each comes after its predecessors. A body whose elements simply follow one another gives parts of one.
std::vector<std::vector<ir::ElementId>> in_series(const ir::Stream& stream, const ir::Body& body);

/// Whether each of the elements has just the one before it as predecessor.
bool is_chain(const ir::Stream& stream, const std::vector<ir::ElementId>& elements);

}  // namespace vsm::backends::codepipeline
