// Says which elements a figure is unknown for. For runtime/ alone.
#pragma once

#include "runtime/timeline.h"

namespace vsm::runtime {

/// Every unknown figure of `mean` in the order of ir/metric_keys.def, with the elements to blame in the order written.
std::vector<Unknown> unknowns_of(const ir::Stream& stream, const ir::StreamFacts& facts,
                                 const std::vector<Place>& places, const Evaluation& evaluation, const Figures& mean);

}  // namespace vsm::runtime
