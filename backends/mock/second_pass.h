// Computes what runs again after a step sends items back: the part of the map from the rework target to the step that
// found the defect. Does not depend on how a backend plays it.
#pragma once

#include <cstddef>
#include <vector>

#include "backends/mock/stretches.h"
#include "ir/model.h"
#include "runtime/metrics.h"

namespace vsm::backends::mock {

/// A step, wait or queue that runs again.
struct Repeated {
    ir::ElementId element;
    bool alongside = false;  ///< adds no time: a parallel branch takes longer or contains the finder
};

/// What runs again when one step sends items back to one element.
struct SecondPass {
    std::size_t elements = 0;
    std::vector<Repeated> repeated;  ///< in order; empty if more elements run again than asked for
};

/// The second passes of one stream, whose bodies are sorted once for all of them.
class SecondPasses {
public:
    SecondPasses(const ir::Stream& stream, const runtime::StreamMetrics& metrics)
        : stream_(stream), metrics_(metrics), stretches_(stream) {}

    /// Everything that runs again when `finder` sends items back to `target`: itself, or any earlier element that the
    /// rework check accepts. Starts at the target and ends with the finder, except for what runs alongside. If these
    /// are more than `most` elements, they are counted, not listed. Takes as long as `Stretches` takes for the bodies
    /// between the two, and near linear time in the length of the list.
    SecondPass from(ir::ElementId target, ir::ElementId finder, std::size_t most);

private:
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    Stretches stretches_;
};

}  // namespace vsm::backends::mock
