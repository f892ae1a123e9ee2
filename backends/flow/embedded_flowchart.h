// Renders the flowchart of backend `mermaid` for backends that embed it.
#pragma once

#include <string>

#include "backends/backend.h"

namespace vsm::backends {

/// Returns an empty string if the diagram exceeds Mermaid's limits as configured on GitHub and GitLab.
std::string flowchart_of(const BackendInput& input);

}  // namespace vsm::backends
