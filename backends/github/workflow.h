// Writes a graph of jobs as a workflow document. Does not plan the jobs.
#pragma once

#include "backends/backend.h"
#include "backends/github/github_jobs.h"
#include "backends/github/workflow_text.h"
#include "runtime/metrics.h"

namespace vsm::backends::github {

WorkflowMap workflow_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
                        Diagnostics& diagnostics);

}  // namespace vsm::backends::github
