// What a map's process is like, for whoever shows its figures: the findings of the process rules as data.
#pragma once

#include <vector>

#include "compiler/lint/lint.h"

namespace vsm::lint {

/// The findings of the process rules, without those that an `allow` accepts, in the order of the rules. Of `rules` the levels and
/// thresholds count; the process rules look whether they are asked for or not, unless one is turned off. `figures` are those of the model.
std::vector<Finding> observe(const ir::CheckedModel& model, RuleSet rules, SharedFigures& figures);

}  // namespace vsm::lint
