// Lays a stream out as the classic value stream map: steps from left to right along a base line, branches in lanes, stages as bands, long streams in
// rows, the timeline under each row. Knows sizes and places; not colours, and not how a picture is written.
#pragma once

#include "backends/svg/content.h"
#include "backends/svg/picture.h"

namespace vsm::backends::svg {

/// The picture of one stream or future. Near linear in its elements.
Picture lay_out(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends::svg
