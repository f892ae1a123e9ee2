// Findings of the process rules as data, for outputs that show metrics.
#pragma once

#include <vector>

#include "compiler/lint/lint.h"

namespace vsm::lint {

/// The findings of the process rules, in the order of the rules, without those that an `allow` accepts. Uses the levels
/// and thresholds of `rules`; process rules run even if they are not requested, unless one is turned off. `figures`
/// must belong to the model.
std::vector<Finding> observe(const ir::CheckedModel& model, RuleSet rules, SharedFigures& figures);

}  // namespace vsm::lint
