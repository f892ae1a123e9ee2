// Implements `vsm lint --baseline`: filters the findings that a baseline file lists, and updates the file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/lint/lint_options.h"
#include "cli/settings.h"
#include "config/baseline.h"

namespace vsm::cli {

struct BaselineOutcome {
    std::vector<Diagnostic> left;  ///< findings that are not in the baseline
    std::size_t hidden = 0;        ///< number of findings in the baseline
    std::size_t gone = 0;          ///< number of entries without a finding
    std::string text;              ///< new content of the file, rewritten or pruned; empty to keep it
};

/// Removes the findings that the baseline lists. Reports an unreadable or invalid file on standard error and returns
/// nothing.
std::optional<BaselineOutcome> apply_baseline(const LintOptions& options, const CommonOptions& common,
                                              std::vector<Diagnostic> found, const SourceSet& sources,
                                              const std::vector<FoundMap>& maps,
                                              const std::vector<MapSettings>& settings);

}  // namespace vsm::cli
