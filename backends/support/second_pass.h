// What runs again when a step sends its items back: the part of the map from where they go to the step that found the defect. Does not
// know how a target plays it.
#pragma once

#include <vector>

#include "ir/model.h"
#include "runtime/metrics.h"

namespace vsm::backends {

/// A step, wait or queue that runs again.
struct Repeated {
    ir::ElementId element;
    bool alongside =
        false;  ///< others run at the same time and take longer, or lead to the finder: it adds no time of its own
};

/// All that runs again, in order, when `finder` sends items back to `target` (itself, or any element before it that the check of rework
/// lets it name): from the target to the finder, which comes last but for what runs alongside. Near linear in the elements of the stream.
std::vector<Repeated> second_pass(const ir::Stream& stream, const runtime::StreamMetrics& metrics, ir::ElementId finder,
                                  ir::ElementId target);

}  // namespace vsm::backends
