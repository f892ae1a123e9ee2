// What CodePipeline and CloudFormation take at most. Knows how many, not what of.
#pragma once

#include <string>
#include <vector>

#include "backends/codepipeline/layout.h"

namespace vsm::backends::codepipeline {

/// Reports more steps, waits and queues than there can be actions, before anything is laid out; false then.
bool check_size(const BackendInput& input, Diagnostics& diagnostics);

/// Reports too many stages and actions; warns where an older account may refuse.
void check_counts(const BackendInput& input, const std::vector<Stage>& stages, Diagnostics& diagnostics);

/// Reports a template that is too large; says what to do with one that must be uploaded first.
void check_template(const BackendInput& input, const std::string& content, Diagnostics& diagnostics);

/// Whether a template of that many bytes must go through a bucket.
bool needs_upload(std::size_t bytes);

}  // namespace vsm::backends::codepipeline
