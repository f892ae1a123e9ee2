// The load of the steps and teams of a map, as rules report it.
#pragma once

#include <functional>
#include <string>

#include "compiler/lint/lint.h"

namespace vsm::lint {

/// How busy a step's own people are, or a team.
struct LoadFound {
    Place place;
    SourceRange range;   ///< the step, or the first one of the team; a future's name where its edits make the load
    SourceRange people;  ///< the team's declaration; invalid for a step
    std::string who;     ///< `team `qa``
    double utilization;
};

/// Of all streams and of each future in which it is another one than before.
void each_load(const LintInput& input, const std::function<void(const LoadFound&)>& see);

}  // namespace vsm::lint
