// Splits the graph of a body into consecutive parts. Does not depend on CodePipeline's rules.
#pragma once

#include <vector>

#include "ir/checked_model.h"

namespace vsm::backends::codepipeline {

/// Splits a body into minimal parts such that all elements of a part precede all of the next; each part is
/// topologically sorted. A chain yields one part per element.
std::vector<std::vector<ir::ElementId>> in_series(const ir::Stream& stream, const ir::Body& body);

/// Whether each element has exactly the previous one as predecessor, and the first has none.
bool is_chain(const ir::Stream& stream, const std::vector<ir::ElementId>& elements);

}  // namespace vsm::backends::codepipeline
