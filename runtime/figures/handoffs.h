// Counts handoffs between teams. Internal to runtime/.
#pragma once

#include "runtime/times/body_graph.h"

namespace vsm::runtime {

/// Counts the pairs of steps that follow each other with no step between, across the borders of all blocks, and whose
/// teams have no team in common. A pair counts once, however many paths connect it. Steps without a team hand nothing
/// over. Handoffs as a measure of a stream: Karen Martin and Mike Osterling, *Value Stream Mapping*, 2013; what counts
/// as a different team is our own rule (docs/metrics.md, "Handoffs").
std::size_t count_handoffs(const ir::Stream& stream, const BodyGraphs& graphs);

}  // namespace vsm::runtime
