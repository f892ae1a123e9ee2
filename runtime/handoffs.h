// Counts how often work passes from one team to another. For runtime/ alone.
#pragma once

#include "runtime/body_graph.h"

namespace vsm::runtime {

/// Pairs of steps of which one follows the other with no step between, over the borders of all blocks, whose teams share nobody.
/// A pair counts once however many ways lead from one to the other. Steps without a team hand nothing on. Handoffs between teams as a measure of a
/// stream: Karen Martin and Mike Osterling, *Value Stream Mapping*, 2013; who counts as another team is our own rule (docs/metrics.md, "Handoffs").
std::size_t count_handoffs(const ir::Stream& stream, const BodyGraphs& graphs);

}  // namespace vsm::runtime
