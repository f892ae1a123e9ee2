#include <fmt/format.h>

#include <algorithm>

#include "backends/backend.h"
#include "backends/codepipeline/limits.h"
#include "backends/codepipeline/stages.h"
#include "backends/codepipeline/template.h"
#include "backends/mock/clock.h"
#include "backends/mock/mock_plan.h"
#include "backends/mock/mock_texts.h"
#include "backends/support/facts.h"
#include "backends/support/names.h"
#include "base/text.h"

namespace vsm::backends::codepipeline {
namespace {

/// CloudFormation allows letters, digits and dashes; the pipeline is named like its stack, with at most 100 characters.
constexpr NameRule stack_rule{"-", 100, false};
constexpr std::size_t longest_stem = 90;

/// The stack name, before it is made unique. Contains no two dashes in a row.
std::string stem_of(const BackendInput& input, const ir::Stream& stream) {
    const std::string base = stream.future ? input.model.stream(stream.future->of).name.value + "-" : "";
    return name_from("vsm-" + base + stream.name.value, stack_rule).substr(0, longest_stem);
}

/// A cheap filter for streams whose stack names may collide: false if the names (ASCII letters, digits, dashes,
/// underscores) differ, ignoring case, after their last dash or underscore.
bool end_alike(std::string_view a, std::string_view b) {
    const auto is_dash = [](char c) { return c == '-' || c == '_'; };
    for (; !a.empty() && !b.empty() && !is_dash(a.back()) && !is_dash(b.back()); a.remove_suffix(1), b.remove_suffix(1))
        if ((a.back() | 0x20) != (b.back() | 0x20)) return false;
    return true;
}

/// A stack name that is unique within the map. Names may collide because `_` becomes a dash and a future is prefixed
/// with its stream's name; they get a number after two dashes. A stream whose name is unchanged takes precedence, then
/// the earlier one.
std::string stack_name(const BackendInput& input) {
    const ir::Stream& own = input.stream();
    const std::string stem = stem_of(input, own);
    if (stem == "vsm-" + own.name.value) return stem;
    std::size_t number = 1;
    bool before = true;
    for (const ir::Stream& stream : input.model.model().streams) {
        before = before && &stream != &own;
        if (stem.size() < longest_stem && !end_alike(stream.name.value, own.name.value)) continue;
        const std::string other = stem_of(input, stream);
        if (&stream != &own && lower_case(other) == lower_case(stem) && (before || other == "vsm-" + stream.name.value))
            ++number;
    }
    return number == 1 ? stem : fmt::format("{}--{}", stem, number);
}

/// Overrides are needed since an existing stack keeps its parameters, whatever the defaults of a new template.
std::string overrides(const BackendInput& input, const Layout& layout) {
    const bool asked =
        input.options.time_scale.mock_per_working_day.microseconds != TimeScale{}.mock_per_working_day.microseconds;
    if (!asked || player_of(input, layout) == MockKind::approval) return "";
    return " --parameter-overrides SecondsPerDay=" + mock::seconds_per_day(input.options);
}

std::vector<NextStep> next_steps(const BackendInput& input, const Layout& layout, const std::string& stack,
                                 bool uploaded) {
    const std::string deploy = fmt::format(
        "aws cloudformation deploy --stack-name {} --template-file {{file}} --capabilities CAPABILITY_IAM{}{}", stack,
        uploaded ? " --s3-bucket YOUR-BUCKET" : "", overrides(input, layout));
    const std::string open = fmt::format("aws cloudformation describe-stacks --stack-name {} --output text "
                                         "--query \"Stacks[0].Outputs[?OutputKey=='Console'].OutputValue\"",
                                         stack);
    const std::string start = fmt::format("aws codepipeline start-pipeline-execution --name {}", stack);
    std::vector<NextStep> steps{{"deploy it, or update it after a change", deploy}, {"run it again", start}};
    for (const Variable& variable : layout.variables) {
        const auto other = std::find_if(variable.words.begin(), variable.words.end(),
                                        [&](const std::string& word) { return word != variable.usual; });
        if (other == variable.words.end()) continue;
        const std::string purpose = variable.name == defect_variable
                                        ? "run it with a defect found"
                                        : fmt::format("run it with another branch at {}", variable.name);
        steps.push_back({purpose, fmt::format("{} --variables name={},value={}", start, variable.name, *other)});
    }
    steps.push_back({"get its address in the console", open});
    steps.push_back({"delete it with everything that belongs to it",
                     fmt::format("aws cloudformation delete-stack --stack-name {}", stack)});
    return steps;
}

/// The comment at the head of the file.
std::vector<std::string> head_of(const BackendInput& input, const runtime::StreamMetrics& metrics,
                                 const std::vector<NextStep>& steps) {
    std::vector<std::string> lines;
    lines.push_back(fmt::format("A mock pipeline of the value stream: {}", called(input.stream())));
    lines.push_back(mock::totals_line(input, metrics));
    for (const NextStep& step : steps) {
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
    const runtime::StreamMetrics metrics = input.figures(input.stream_id);
    // a pipeline cannot go back: its stages run again instead of second passes
    const mock::Plan plan = mock::plan_of(input, metrics, {.passes = 0});
    const Layout layout = lay_out(input, metrics, plan, diagnostics);
    check_counts(input, layout.stages, diagnostics);
    if (diagnostics.error_count() > errors) return {};
    const Value root = template_of(input, metrics, layout, diagnostics).value();
    const bool json = input.options.syntax == Syntax::json;
    const std::string stack = stack_name(input);
    std::vector<NextStep> steps = next_steps(input, layout, stack, false);
    const auto written = [&] {
        const std::vector<std::string> head = head_of(input, metrics, steps);
        return json ? write_json(root) : write_yaml(root, {.head = head, .bare_key = {}});
    };
    std::string content = written();
    if (needs_upload(content.size())) {
        steps = next_steps(input, layout, stack, true);
        content = written();
    }
    check_template(input, content, diagnostics);
    if (diagnostics.error_count() > errors) return {};
    return {{json ? ".codepipeline.json" : ".codepipeline.yaml", std::move(content), std::move(steps)}};
}

}  // namespace vsm::backends::codepipeline
