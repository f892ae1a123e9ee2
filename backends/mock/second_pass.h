// Computes what runs again after a step sends items back: the part of the map from the rework target to the step that
// found the defect. Does not depend on how a backend plays it.
#pragma once

#include <vector>

#include "ir/model.h"
#include "runtime/metrics.h"

namespace vsm::backends::mock {

/// A step, wait or queue that runs again.
struct Repeated {
    ir::ElementId element;
    bool alongside = false;  ///< adds no time: a parallel branch takes longer or contains the finder
};

/// Returns everything that runs again, in order, when `finder` sends items back to `target`: itself, or any earlier
/// element that the rework check accepts. Starts at the target and ends with the finder, except for what runs
/// alongside. Near linear in the elements of the stream.
std::vector<Repeated> second_pass(const ir::Stream& stream, const runtime::StreamMetrics& metrics, ir::ElementId finder,
                                  ir::ElementId target);

}  // namespace vsm::backends::mock
