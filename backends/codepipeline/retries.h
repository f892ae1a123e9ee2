// What runs again where a step finds a defect: CodePipeline's answer to rework. Does not know what a template looks like.
#pragma once

#include <optional>
#include <vector>

#include "backends/codepipeline/layout.h"

namespace vsm::backends::codepipeline {

/// Gives each stage with rework its way to run again, once, and each step that may find a defect its word. The variable that says which
/// one does; nothing where none can. Reports what a pipeline does otherwise than the map says.
std::optional<Variable> settle_retries(const BackendInput& input, std::vector<Stage>& stages, Diagnostics& diagnostics);

}  // namespace vsm::backends::codepipeline
