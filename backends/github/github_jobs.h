// Fits a plan to GitHub: ids and dependencies of jobs, inputs, environments, and what a workflow cannot carry. Does not
// depend on the workflow's syntax.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/mock/mock_plan.h"
#include "runtime/metrics.h"

namespace vsm::backends::github {

/// What GitHub adds to a job of the plan.
struct JobFrame {
    std::string id;
    bool after_skipped = false;  ///< a job before it may be skipped
    std::string environment;     ///< its reviewers release the job; may be empty
};

struct JobGraph {
    mock::Plan plan;                  ///< needs without implied ones
    std::vector<JobFrame> frames;     ///< one per job of the plan
    std::vector<std::string> inputs;  ///< one per question of the plan; empty if it is not asked
};

inline constexpr char seconds_input[] = "seconds_per_day";

/// Whether rework becomes jobs, or is only described and reported as not carried.
enum class SecondPasses { played, told };

/// Creates a job per step and per rework. A wait belongs to the job that follows it; it gets its own job where flows
/// fork or join, before an approval with reviewers, and at the end of the stream. Reports what cannot be carried.
JobGraph jobs_of(const BackendInput& input, const runtime::StreamMetrics& metrics, SecondPasses passes,
                 Diagnostics& diagnostics);

}  // namespace vsm::backends::github
