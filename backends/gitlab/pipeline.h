// The document of a pipeline around its jobs: what they are called, say and wait for. Does not know how the jobs came about.
#pragma once

#include <string>

#include "backends/backend.h"
#include "backends/gitlab/gitlab_text.h"
#include "backends/gitlab/jobs.h"
#include "backends/support/document.h"
#include "runtime/metrics.h"

namespace vsm::backends::gitlab {

using PipelineMap = MapOf<GitlabText>;
using PipelineList = ListOf<GitlabText>;

/// Reports texts that are cut.
PipelineMap pipeline_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const JobGraph& graph,
                        Diagnostics& diagnostics);

}  // namespace vsm::backends::gitlab
