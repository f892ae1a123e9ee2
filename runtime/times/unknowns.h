// Finds the elements that make a figure unknown. Internal to runtime/.
#pragma once

#include "runtime/times/timeline.h"

namespace vsm::runtime {

struct UnknownInput {
    const ir::Stream& stream;
    const ir::StreamFacts& facts;
    const std::vector<Place>& places;
    const Evaluation& evaluation;
    const std::vector<Passage>& leaves;  ///< duration of one visit of a leaf, including repairs
    const std::vector<double>& visits;   ///< by element id
};

/// Every unknown figure of `metrics` in the order of ir/metric_keys.def, with the elements to blame in source order.
std::vector<Unknown> unknowns_of(const UnknownInput& input, const StreamMetrics& metrics);

}  // namespace vsm::runtime
