// `vsm lint --fix`: the fixes of findings, written to the maps or shown as a change of them.
#pragma once

#include "cli/findings.h"
#include "cli/options.h"

namespace vsm::cli {

struct Fixed {
    Findings remaining;         ///< what is found once the fixes are made
    std::size_t fixes = 0;      ///< how many were made
    std::size_t maps = 0;       ///< in how many maps
    std::string diff;           ///< with `--diff`, what would change
};

/// Fixes the maps that the options name; only these, not what they import. Says on the standard error what cannot be read or written; then
/// there is nothing, and maps that could be written are.
std::optional<Fixed> fix_maps(const LintOptions& options, const CommonOptions& common);

}  // namespace vsm::cli
