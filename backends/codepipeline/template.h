// Builds the CloudFormation template around the stages: bucket, functions, roles, pipeline. Does not compute the
// layout.
#pragma once

#include <string>
#include <vector>

#include "backends/codepipeline/aws_text.h"
#include "backends/codepipeline/stages.h"
#include "backends/support/document.h"

namespace vsm::backends::codepipeline {

/// Reports shortened texts.
AwsMap template_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const Layout& layout,
                   Diagnostics& diagnostics);

/// The limit for a value of an action's configuration, in UTF-16 code units.
inline constexpr std::size_t longest_configuration_value = 1000;

/// Adds the bucket, roles and functions of a pipeline by logical id; `defects`: whether a step may find one.
void add_resources(MockKind mock, bool defects, AwsMap& resources);

/// The stages of the pipeline resource, source stage first.
AwsList stages_of(const BackendInput& input, const std::vector<Stage>& stages, Diagnostics& diagnostics);

AwsMap ref(const AwsText& logical_id);
AwsMap get_att(const AwsText& logical_id, const AwsText& attribute);
AwsMap sub(const AwsText& own_text);

}  // namespace vsm::backends::codepipeline
