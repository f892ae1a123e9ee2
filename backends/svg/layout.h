// Lays out a stream as a classic value stream map: steps from left to right along a base line, branches in lanes,
// stages as bands, long streams in several rows, the timeline below each row. Computes sizes and positions; does not
// depend on colours or SVG.
#pragma once

#include "backends/svg/content.h"
#include "backends/svg/picture.h"

namespace vsm::backends::svg {

/// Which parts of a picture to lay out.
struct Extent {
    ir::StreamId below;  ///< a future drawn below this stream; invalid if there is none
    bool bare = false;   ///< omit what the surrounding page states in words: title, targets, totals
};

/// The picture of one stream or future. Near linear in its elements.
Picture lay_out(const BackendInput& input, const runtime::StreamMetrics& metrics, const Extent& extent);

}  // namespace vsm::backends::svg
