// Computes what runs again after a step finds a defect: the mock's form of rework. Does not depend on the template's
// syntax.
#pragma once

#include <optional>
#include <vector>

#include "backends/codepipeline/stages.h"

namespace vsm::backends::codepipeline {

/// Sets the retry mode of each stage with rework, and the word of each step that may find a defect. Returns the
/// variable that selects the step; nothing if no step can be selected. Reports deviations from the map.
std::optional<Variable> settle_retries(const BackendInput& input, std::vector<Stage>& stages, Diagnostics& diagnostics);

}  // namespace vsm::backends::codepipeline
