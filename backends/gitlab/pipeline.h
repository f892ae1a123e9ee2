// Builds the pipeline document around its jobs. Does not plan the jobs.
#pragma once

#include <string>

#include "backends/backend.h"
#include "backends/gitlab/gitlab_jobs.h"
#include "backends/gitlab/gitlab_text.h"
#include "backends/support/document.h"
#include "runtime/metrics.h"

namespace vsm::backends::gitlab {

using PipelineMap = MapOf<GitlabText>;
using PipelineList = ListOf<GitlabText>;

/// Reports shortened texts.
PipelineMap pipeline_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
                        Diagnostics& diagnostics);

}  // namespace vsm::backends::gitlab
