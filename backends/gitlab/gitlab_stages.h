// Assigns the jobs of a plan to the stages of a GitLab pipeline. Does not depend on the pipeline's syntax.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/mock/mock_plan.h"

namespace vsm::backends::gitlab {

struct StageOrder {
    std::vector<std::string> titles;  ///< ordered so that no job needs one of a later stage
    std::vector<std::size_t> of_job;  ///< index in `titles`, for each job of the plan
};

/// Reports stages of the map that get none since nothing happens in them.
StageOrder stages_of(const BackendInput& input, const mock::Plan& plan, Diagnostics& diagnostics);

}  // namespace vsm::backends::gitlab
