// Lays a stream out as the classic value stream map: steps from left to right along a base line, branches in lanes, stages as bands, long streams in
// rows, the timeline under each row. Knows sizes and places; not colours, and not how a picture is written.
#pragma once

#include "backends/svg/content.h"
#include "backends/svg/picture.h"

namespace vsm::backends::svg {

/// What of a picture is asked for.
struct Extent {
    ir::StreamId below;  ///< the future that is drawn below this stream; invalid: none
    bool bare = false;   ///< without what the page around it says in words: title, targets, totals
};

/// The picture of one stream or future. Near linear in its elements.
Picture lay_out(const BackendInput& input, const runtime::StreamMetrics& metrics, const Extent& extent);

}  // namespace vsm::backends::svg
