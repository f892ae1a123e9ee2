// The load of steps and teams, as rules report it.
#pragma once

#include <functional>
#include <string>

#include "compiler/lint/lint.h"

namespace vsm::lint {

/// The utilization of a step's own people, or of a team.
struct LoadFound {
    Place place;
    SourceRange range;   ///< the step, or the first one of the team; in a future, the future's name
    SourceRange people;  ///< the team's declaration; invalid for a step
    std::string who;     ///< `team `qa``
    double utilization;
    bool at_least = false;  ///< a lower bound: some of the work is unknown
};

/// `120.0%`, or `at least 120.0%`.
std::string share_text(const LoadFound& found);

/// Calls `see` for each load of each stream; for a future, only if the load differs from that of its base.
void each_load(const LintInput& input, const std::function<void(const LoadFound&)>& see);

}  // namespace vsm::lint
