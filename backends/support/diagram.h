// The flowchart of target `mermaid` for those who show it within something else.
#pragma once

#include <string>

#include "backends/backend.h"

namespace vsm::backends {

/// Empty where it would be more than Mermaid draws as it is set up on GitHub and GitLab.
std::string flowchart_of(const BackendInput& input);

}  // namespace vsm::backends
