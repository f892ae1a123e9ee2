// Checks the limits of CodePipeline and CloudFormation. Does not compute the layout.
#pragma once

#include <string>
#include <vector>

#include "backends/codepipeline/stages.h"

namespace vsm::backends::codepipeline {

/// Reports more steps, waits and queues than a pipeline can have actions, and returns false then. Runs before the
/// layout.
bool check_size(const BackendInput& input, Diagnostics& diagnostics);

/// Reports too many stages or actions; warns if an older account may reject the number.
void check_counts(const BackendInput& input, const std::vector<Stage>& stages, Diagnostics& diagnostics);

/// Reports a template that is too large, or that must be uploaded first, with the remedy.
void check_template(const BackendInput& input, const std::string& content, Diagnostics& diagnostics);

/// Whether a template of this size must be uploaded to a bucket.
bool needs_upload(std::size_t bytes);

}  // namespace vsm::backends::codepipeline
