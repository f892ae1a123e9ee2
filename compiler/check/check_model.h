// Decides whether a model is valid, and only then makes it a CheckedModel.
#pragma once

#include <optional>

#include "base/diagnostics/diagnostics.h"
#include "ir/checked_model.h"

namespace vsm::check {

/// Runs every check. Returns nothing if `diagnostics` contains an error, found here or before.
std::optional<ir::CheckedModel> check(ir::Model model, Diagnostics& diagnostics);

}  // namespace vsm::check
