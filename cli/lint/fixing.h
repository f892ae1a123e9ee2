// Implements `vsm lint --fix`: writes the fixes of findings to the maps, or shows them as a diff.
#pragma once

#include "cli/lint/findings.h"
#include "cli/lint/lint_options.h"

namespace vsm::cli {

struct Fixed {
    Findings remaining;     ///< findings after the fixes
    std::size_t fixes = 0;  ///< number of fixes made
    std::size_t maps = 0;   ///< number of changed maps
    std::string diff;       ///< with `--diff`: the changes
};

/// Fixes the maps that the options name, but not their imports. Reports files that cannot be read or written on
/// standard error and returns nothing; all other maps are written.
std::optional<Fixed> fix_maps(const LintOptions& options, const CommonOptions& common);

}  // namespace vsm::cli
