#include "backends/codepipeline/template.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/mock/clock.h"
#include "backends/support/facts.h"

namespace vsm::backends::codepipeline {
namespace {

/// The limit for descriptions of templates and outputs, in bytes.
constexpr std::size_t longest_description = 1024;

AwsMap parameters_of(const BackendOptions& options, MockKind player) {
    AwsMap parameters;
    if (player != MockKind::approval)
        parameters.add(
            "SecondsPerDay",
            AwsMap()
                .add("Type", "Number")
                .add("Description", "Seconds that a working day of the map takes here; at most 60 s for an action")
                .add("Default", aws_text(mock::seconds_per_day(options)))
                .add("MinValue", 0)
                .add("MaxValue", 86400));
    parameters.add("FunctionRuntime",
                   AwsMap()
                       .add("Type", "String")
                       .add("Description", "Python runtime of the inline code; choose a newer one when AWS retires it")
                       .add("Default", "python3.13")
                       .add("AllowedPattern", "python3\\.[0-9]+"));
    return parameters;
}

/// The whole stream, shown in the console as the stack's template metadata.
AwsMap metadata_of(const BackendInput& input, const std::vector<Fact>& totals) {
    AwsList about;
    for (const Fact& fact : background_of(input)) about.add(aws_text(fmt::format("{}: {}", fact.label, fact.text)));
    AwsMap stream;
    stream.add("Name", aws_text(input.stream().name.value));
    stream.add("Title", aws_text(called(input.stream())));
    for (const Fact& fact : totals) stream.add(aws_text(fact.label), aws_text(fact.text));
    return AwsMap().add("ValueStream", stream.add("About", about));
}

constexpr std::size_t longest_variable_description = 200;

AwsList variables_of(const std::vector<Variable>& variables) {
    AwsList made;
    for (const Variable& variable : variables)
        made.add(AwsMap()
                     .add("Name", aws_text(variable.name))
                     .add("DefaultValue", aws_text(variable.usual))
                     .add("Description", aws_text(cut(variable.purpose, longest_variable_description))));
    return made;
}

AwsMap pipeline(const BackendInput& input, const std::vector<Variable>& variables, const AwsList& stages) {
    const AwsMap store = AwsMap().add("Type", "S3").add("Location", ref("Bucket"));
    const AwsMap tag = AwsMap().add("Key", "value-stream").add("Value", aws_text(input.stream().name.value));
    AwsMap properties = AwsMap()
                            .add("Name", ref("AWS::StackName"))
                            .add("PipelineType", "V2")
                            .add("ExecutionMode", "QUEUED")
                            .add("RoleArn", get_att("PipelineRole", "Arn"))
                            .add("ArtifactStore", store)
                            .add("Tags", AwsList().add(tag));
    if (!variables.empty()) properties.add("Variables", variables_of(variables));
    properties.add("Stages", stages);
    // A new pipeline runs immediately, so the trigger must exist, and is deleted after the pipeline.
    return AwsMap()
        .add("Type", "AWS::CodePipeline::Pipeline")
        .add("DependsOn", AwsList().add("Trigger"))
        .add("Properties", properties);
}

AwsMap output(const AwsText& description, const AwsMap& value) {
    return AwsMap().add("Description", description).add("Value", value);
}

AwsMap outputs_of(const std::string& totals) {
    const AwsText console = "https://${AWS::Region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/"
                            "${Pipeline}/view?region=${AWS::Region}";
    AwsMap outputs;
    outputs.add("Console", output("Where to watch the pipeline", sub(console)));
    outputs.add("Pipeline", output("Name of the pipeline", ref("Pipeline")));
    outputs.add("Figures",
                AwsMap().add("Description", "The map's facts about the whole stream").add("Value", aws_text(totals)));
    return outputs;
}

}  // namespace

AwsMap template_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const Layout& layout,
                   Diagnostics& diagnostics) {
    const std::vector<Fact> totals = totals_of(input, metrics);
    const std::string calendar = format_calendar(input.stream().calendar);
    const std::string in_a_line = fmt::format("{} (working time, {})", joined(totals, ", "), calendar);
    // Metrics and a name of at most 64 ASCII characters: far below the limit.
    const std::string description =
        fmt::format("Mock pipeline of value stream {}: {}", input.stream().name.value, in_a_line);
    VSM_CHECK(description.size() <= longest_description);
    AwsMap resources;
    const bool defects = std::any_of(layout.variables.begin(), layout.variables.end(),
                                     [](const Variable& one) { return one.name == defect_variable; });
    const MockKind player = player_of(input, layout);
    add_resources(player, defects, resources);
    resources.add("Pipeline", pipeline(input, layout.variables, stages_of(input, layout.stages, diagnostics)));
    AwsMap made;
    made.add("AWSTemplateFormatVersion", "2010-09-09");
    made.add("Description", aws_text(description));
    made.add("Metadata", metadata_of(input, totals));
    made.add("Parameters", parameters_of(input.options, player));
    made.add("Resources", resources);
    made.add("Outputs", outputs_of(in_a_line));
    return made;
}

}  // namespace vsm::backends::codepipeline
