// The CloudFormation template around the stages: bucket, functions, roles, pipeline. Does not know how the stages came about.
#pragma once

#include <string>
#include <vector>

#include "backends/codepipeline/aws_text.h"
#include "backends/codepipeline/layout.h"
#include "backends/support/document.h"

namespace vsm::backends::codepipeline {

/// Reports texts that had to be cut.
AwsMap template_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const Layout& layout, Diagnostics& diagnostics);

/// Longest value of an action's configuration, in UTF-16 code units.
inline constexpr std::size_t longest_configuration_value = 1000;

/// What a working day of the map takes on the mock's clock.
double seconds_per_day(const BackendOptions& options);

/// The bucket, roles and functions that a pipeline of that kind needs, by logical id; `defects`: whether a step of it may find one.
void add_resources(MockKind mock, bool defects, AwsMap& resources);

/// The stages as the pipeline resource takes them, the one with the trigger first.
AwsList stages_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const std::vector<Stage>& stages,
                  Diagnostics& diagnostics);

AwsMap ref(const AwsText& logical_id);
AwsMap get_att(const AwsText& logical_id, const AwsText& attribute);
AwsMap sub(const AwsText& own_text);

}  // namespace vsm::backends::codepipeline
