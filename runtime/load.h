// What the demand asks of people and teams (docs/metrics.md, "Load"). For runtime/ alone.
#pragma once

#include "runtime/metrics.h"

namespace vsm::runtime {

/// What a load is computed from.
struct LoadInput {
    const ir::Model& model;
    const ir::Stream& stream;
    const ir::StreamFacts& facts;
    const std::vector<double>& visits;         ///< by element id
    const StreamMetrics* recovery = nullptr;   ///< figures of the stream that recovers this one
    std::optional<double> break_fix_per_week;  ///< items that come to it
};

/// Fills `load` and the utilization of the steps. `expected` is there already.
void add_load(const LoadInput& input, StreamMetrics& metrics);

}  // namespace vsm::runtime
