#include "backends/options/github_options.h"

#include <fmt/format.h>

namespace vsm::backends {

std::vector<FlagRow<GithubOptions>> GithubOptions::flags() {
    const auto labels = [](GithubOptions& options, const FlagInput& input) -> std::optional<std::string> {
        for (const std::string& label : input.values)
            if (label.find_first_of(" \t\n\r\f\v") != std::string::npos)
                return fmt::format(
                    "takes labels with commas between, such as `self-hosted,linux`, found a blank in `{}`", label);
        options.runner = input.values;
        return std::nullopt;
    };
    return {
        {{.name = "--on",
          .kind = FlagKind::words,
          .value = "EVENT[,EVENT]",
          .help = "github: what starts the workflow besides a manual start: push, pull_request, merge_group, release, "
                  "deployment, workflow_call",
          .words = {workflow_events.begin(), workflow_events.end()},
          .example = "push,pull_request"},
         to_words(&GithubOptions::events)},
        {{.name = "--runs-on",
          .kind = FlagKind::list,
          .value = "LABEL[,LABEL]",
          .help = "github: labels of the runner (default: ubuntu-latest)",
          .example = "self-hosted,linux"},
         labels},
        {{.name = "--environments",
          .kind = FlagKind::toggle,
          .help = "github: let approvals wait for the reviewers of an environment"},
         to_true(&GithubOptions::environments)},
    };
}

}  // namespace vsm::backends
