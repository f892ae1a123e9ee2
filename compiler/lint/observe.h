// What a map's process is like, for whoever shows its figures: the findings of the process rules as data.
#pragma once

#include <vector>

#include "compiler/lint/lint.h"

namespace vsm::lint {

/// The findings of the process rules at their standard thresholds, without those that an `allow` accepts, in the order of the rules.
/// `figures` are those of the model.
std::vector<Finding> observe(const ir::CheckedModel& model, SharedFigures& figures);

}  // namespace vsm::lint
