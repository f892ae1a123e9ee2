#include "backends/codepipeline/limits.h"

#include "diag/outputs.h"

#include <fmt/format.h>

namespace vsm::backends::codepipeline {
namespace {

constexpr std::string_view target = "codepipeline";
constexpr std::size_t most_stages = 50;
constexpr std::size_t sure_actions = 50;  ///< per stage: allowed in every account
constexpr std::size_t most_actions_of_stage = 100;
constexpr std::size_t most_actions = 1000;
constexpr std::size_t largest_inline_template = 51'200;
constexpr std::size_t largest_template = 1'000'000;

std::string stream_words(const BackendInput& input) { return fmt::format("stream `{}`", input.stream().name.value); }

void check_stage(const BackendInput& input, const Stage& stage, Diagnostics& diagnostics) {
    const std::size_t count = stage.actions.size();
    const SourceRange range = input.stream().elements[stage.element].range;
    const std::string found = fmt::format("stage `{}` has {} actions", stage.name, count);
    if (count > most_actions_of_stage) {
        diagnostics.report(diag::over_target_limit, range, found, target, most_actions_of_stage)
            .help("split it into several stages; each step is an action, and so is each wait");
    } else if (count > sure_actions) {
        diagnostics.report(diag::near_target_limit, range, found, target, sure_actions)
            .help("accounts without the higher limit of 100 reject it: split the stage if yours does");
    }
}

}  // namespace

bool check_size(const BackendInput& input, Diagnostics& diagnostics) {
    std::size_t count = 1;
    for (const ir::Element& element : input.stream().elements)
        if (children_of(element).empty() && !std::holds_alternative<ir::Branch>(element.what)) ++count;
    if (count <= most_actions) return true;
    diagnostics
        .report(diag::over_target_limit, input.stream().range,
                fmt::format("{} needs {} actions", stream_words(input), count), target, most_actions)
        .help("fold steps together, or show a part of the stream at a time");
    return false;
}

void check_counts(const BackendInput& input, const std::vector<Stage>& stages, Diagnostics& diagnostics) {
    std::size_t actions = 1;
    for (const Stage& stage : stages) {
        actions += stage.actions.size();
        check_stage(input, stage, diagnostics);
    }
    const std::size_t count = stages.size() + 1;  // including the source stage
    if (count > most_stages) {
        const Stage& first_over = stages[most_stages - 1];
        diagnostics
            .report(diag::over_target_limit, input.stream().elements[first_over.element].range,
                    fmt::format("{} becomes {} stages", stream_words(input), count), target, most_stages)
            .help("put several of them into one stage");
    }
    if (actions > most_actions) {
        diagnostics
            .report(diag::over_target_limit, input.stream().range,
                    fmt::format("{} needs {} actions", stream_words(input), actions), target, most_actions)
            .help("each step is an action, and so is each wait; fold steps together, or show a part of the stream at a "
                  "time");
    }
}

bool needs_upload(std::size_t bytes) { return bytes > largest_inline_template; }

void check_template(const BackendInput& input, const std::string& content, Diagnostics& diagnostics) {
    const SourceRange range = input.stream().range;
    if (content.size() > largest_template) {
        diagnostics
            .report(diag::over_target_limit, range, fmt::format("the template has {} bytes", content.size()), target,
                    largest_template)
            .help("shorten titles and notes, or show a part of the stream at a time");
    } else if (needs_upload(content.size())) {
        diagnostics
            .report(diag::large_output, range, target, content.size(),
                    "above 51200, CloudFormation accepts it only from a bucket")
            .help("add `--s3-bucket NAME`, with a bucket of your own, to the command that deploys it");
    }
}

}  // namespace vsm::backends::codepipeline
