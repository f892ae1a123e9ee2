// The one gate: says whether a model is sound, and only then makes a CheckedModel of it.
#pragma once

#include <optional>

#include "base/diagnostics.h"
#include "ir/checked_model.h"

namespace vsm::check {

/// Runs every check. Gives nothing when `diagnostics` holds an error, found here or before.
std::optional<ir::CheckedModel> check(ir::Model model, Diagnostics& diagnostics);

}  // namespace vsm::check
