// Writes a plan as a pipeline document. Does not plan the jobs.
#pragma once

#include <string>

#include "backends/backend.h"
#include "backends/gitlab/gitlab_stages.h"
#include "backends/gitlab/gitlab_text.h"
#include "backends/mock/mock_plan.h"
#include "backends/support/document.h"
#include "runtime/metrics.h"

namespace vsm::backends::gitlab {

using PipelineMap = MapOf<GitlabText>;
using PipelineList = ListOf<GitlabText>;

/// Reports shortened texts.
PipelineMap pipeline_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const mock::Plan& plan,
                        const StageOrder& stages, Diagnostics& diagnostics);

}  // namespace vsm::backends::gitlab
