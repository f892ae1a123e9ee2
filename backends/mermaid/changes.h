// Draws a stream as a Mermaid flowchart that marks changes since another version with words, outlines and colours. Does
// not compute the changes.
#pragma once

#include <string>

#include "backends/backend.h"
#include "runtime/diff/diff.h"

namespace vsm::backends::mermaid {

/// The stream after the change, with removed elements beside their former position. Returns an empty string if there is
/// nothing to mark or the diagram exceeds the edge limit of pages that render Mermaid.
std::string draw_changes(const BackendInput& after, const runtime::StreamMetrics& metrics,
                         const ir::CheckedModel& before, const runtime::StreamChange& change);

}  // namespace vsm::backends::mermaid
