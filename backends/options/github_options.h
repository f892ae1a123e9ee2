// What `vsm build -t github` can be told.
#pragma once

#include <array>

#include "backends/options/flag_row.h"

namespace vsm::backends {

/// Events other than a manual start that can trigger a workflow and need no parameters (GitHub's names).
inline constexpr std::array<std::string_view, 6> workflow_events{"push",    "pull_request", "merge_group",
                                                                 "release", "deployment",   "workflow_call"};

struct GithubOptions {
    std::vector<std::string> events;                   ///< some of workflow_events, each once
    std::vector<std::string> runner{"ubuntu-latest"};  ///< labels a runner must have, at least one
    bool environments = false;                         ///< approvals wait for the reviewers of an environment

    static std::vector<FlagRow<GithubOptions>> flags();
};

}  // namespace vsm::backends
