// A stream as a Mermaid flowchart in which what changed since another version is marked: in words, by outline and by colour. Knows the map
// and its changes, not how they were found.
#pragma once

#include <string>

#include "backends/backend.h"
#include "runtime/diff.h"

namespace vsm::backends::mermaid {

/// The stream as it is now; what was removed stands beside the place it had. Empty where there is nothing to mark, and where a page that
/// shows Mermaid would refuse the picture for its size.
std::string draw_changes(const BackendInput& after, const runtime::StreamMetrics& metrics, const ir::CheckedModel& before, const runtime::StreamChange& change);

}  // namespace vsm::backends::mermaid
