// Says which elements a figure is unknown for. For runtime/ alone.
#pragma once

#include "runtime/timeline.h"

namespace vsm::runtime {

struct UnknownInput {
    const ir::Stream& stream;
    const ir::StreamFacts& facts;
    const std::vector<Place>& places;
    const Evaluation& evaluation;
    const std::vector<Passage>& leaves;  ///< what one visit of a leaf takes, repairs included
    const std::vector<double>& visits;   ///< by element id
};

/// Every unknown figure of `metrics` in the order of ir/metric_keys.def, with the elements to blame in the order written.
std::vector<Unknown> unknowns_of(const UnknownInput& input, const StreamMetrics& metrics);

}  // namespace vsm::runtime
