// The options of all backends, and the table of their flags.
#pragma once

#include "backends/options/codepipeline_options.h"
#include "backends/options/github_options.h"
#include "backends/options/mermaid_options.h"
#include "backends/options/mock_options.h"
#include "backends/options/picture_options.h"

namespace vsm::backends {

/// Each backend reads its own part.
struct BackendOptions : CodepipelineOptions, GithubOptions, PictureOptions, MermaidOptions, MockOptions {};

struct BackendFlag {
    FlagForm form;
    std::vector<std::string_view> backends;  ///< those that read it
    std::function<std::optional<std::string>(BackendOptions&, const FlagInput&)> read;
};

/// In the order of the help.
std::vector<BackendFlag> all_backend_flags();

}  // namespace vsm::backends
