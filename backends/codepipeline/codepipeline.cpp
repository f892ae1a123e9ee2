#include <fmt/format.h>

#include <algorithm>

#include "backends/backend.h"
#include "backends/codepipeline/layout.h"
#include "backends/codepipeline/limits.h"
#include "backends/codepipeline/template.h"
#include "backends/support/facts.h"
#include "backends/support/names.h"
#include "base/check.h"

namespace vsm::backends::codepipeline {
namespace {

/// Letters, digits and dashes, as CloudFormation takes it, and no longer than the name of a pipeline, which is that of its stack.
constexpr NameRule stack_rule{"-", 100, false};

std::string wanted_name(const BackendInput& input, const ir::Stream& stream) {
    return fmt::format("vsm-{}{}", stream.future ? input.model.stream(stream.future->of).name.value + "-" : "", stream.name.value);
}

/// Whether no other stream or future can want the same: neither joined nor rewritten.
bool plain(const BackendInput& input, const ir::Stream& stream) {
    const std::string wanted = wanted_name(input, stream);
    return !stream.future && name_from(wanted, stack_rule) == wanted;
}

/// No other stream or future of the map has it.
std::string stack_name(const BackendInput& input) {
    if (plain(input, input.map())) return wanted_name(input, input.map());
    Names names(stack_rule);
    const auto& streams = input.model.model().streams;
    for (const ir::Stream& stream : streams)
        if (plain(input, stream)) names.claim(wanted_name(input, stream), {});
    for (const ir::Stream& stream : streams) {
        if (plain(input, stream)) continue;
        const std::string name = names.claim(wanted_name(input, stream), {});
        if (&stream == &input.map()) return name;
    }
    VSM_CHECK(false);
    return {};
}

/// A stack that is there keeps the parameters it has, whatever their defaults in a new template.
std::string overrides(const BackendInput& input, const Layout& layout) {
    const bool asked = input.options.time_scale.mock_per_working_day.microseconds != TimeScale{}.mock_per_working_day.microseconds;
    if (!asked || player_of(input, layout) == MockKind::approval) return "";
    return " --parameter-overrides SecondsPerDay=" + format_number(seconds_per_day(input.options));
}

std::vector<NextStep> next_steps(const BackendInput& input, const Layout& layout, bool uploaded) {
    const std::string stack = stack_name(input);
    const std::string deploy = fmt::format(
        "aws cloudformation deploy --stack-name {} --template-file {{file}} --capabilities CAPABILITY_IAM{}{}", stack,
        uploaded ? " --s3-bucket YOUR-BUCKET" : "", overrides(input, layout));
    const std::string open = fmt::format("aws cloudformation describe-stacks --stack-name {} --output text "
                                         "--query \"Stacks[0].Outputs[?OutputKey=='Console'].OutputValue\"",
                                         stack);
    const std::string start = fmt::format("aws codepipeline start-pipeline-execution --name {}", stack);
    std::vector<NextStep> steps{{"deploy it, or update it after a change", deploy}, {"run it again", start}};
    for (const Variable& variable : layout.variables) {
        const auto other = std::find_if(variable.words.begin(), variable.words.end(), [&](const std::string& word) { return word != variable.usual; });
        if (other == variable.words.end()) continue;
        const std::string purpose = variable.name == defect_variable ? "run it with a defect found" : fmt::format("run it another way at {}", variable.name);
        steps.push_back({purpose, fmt::format("{} --variables name={},value={}", start, variable.name, *other)});
    }
    steps.push_back({"get its address in the console", open});
    steps.push_back({"delete it with all that belongs to it", fmt::format("aws cloudformation delete-stack --stack-name {}", stack)});
    return steps;
}

/// What a reader of the file sees first.
std::vector<std::string> head_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const Layout& layout, bool uploaded) {
    std::vector<std::string> lines;
    lines.push_back(fmt::format("A mock pipeline of the value stream: {}", called(input.map())));
    lines.push_back(fmt::format("{}; working time, {}", joined(totals_of(input, metrics), ", "),
                                format_calendar(input.map().calendar)));
    for (const NextStep& step : next_steps(input, layout, uploaded)) {
        std::string command = step.command;
        if (const std::size_t at = command.find("{file}"); at != std::string::npos) command.replace(at, 6, "THIS-FILE");
        lines.push_back("");
        lines.push_back(fmt::format("To {}:", step.purpose));
        lines.push_back("  " + command);
    }
    return lines;
}

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics) {
    const std::size_t errors = diagnostics.error_count();
    if (!check_size(input, diagnostics)) return {};
    const runtime::StreamMetrics metrics = input.figures(input.stream);
    const Layout layout = lay_out(input, metrics, diagnostics);
    check_counts(input, layout.stages, diagnostics);
    if (diagnostics.error_count() > errors) return {};
    const Value root = template_of(input, metrics, layout, diagnostics).value();
    const bool json = input.options.syntax == Syntax::json;
    const auto written = [&](bool uploaded) {
        const std::vector<std::string> head = head_of(input, metrics, layout, uploaded);
        return json ? write_json(root) : write_yaml(root, {.head = head, .bare_key = {}});
    };
    std::string content = written(false);
    const bool uploaded = needs_upload(content.size());
    if (uploaded) content = written(true);
    check_template(input, content, diagnostics);
    if (diagnostics.error_count() > errors) return {};
    return {{json ? ".codepipeline.json" : ".codepipeline.yaml", std::move(content), next_steps(input, layout, uploaded)}};
}

}  // namespace vsm::backends::codepipeline
