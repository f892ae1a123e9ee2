// `vsm lint --baseline`: which findings a file of accepted ones leaves out, and what it becomes when it is written anew.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/settings.h"
#include "config/baseline.h"

namespace vsm::cli {

struct BaselineOutcome {
    std::vector<Diagnostic> left;  ///< the findings that the baseline does not list
    std::size_t hidden = 0;        ///< how many it lists
    std::size_t gone = 0;          ///< how many it lists that are no longer there
    std::string text;              ///< what it is once written anew or pruned; empty: it stays
};

/// Takes the findings that the baseline lists out of those there are. What is wrong with the file is said on the standard error; then there
/// is nothing.
std::optional<BaselineOutcome> apply_baseline(const LintOptions& options, const CommonOptions& common, std::vector<Diagnostic> found, const SourceSet& sources,
                                              const std::vector<FoundMap>& maps, const std::vector<MapSettings>& settings);

}  // namespace vsm::cli
