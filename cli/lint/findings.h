// Collects lint results: reads, compiles and lints maps. Does not render them (commands/lint.cpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/diagnostics/fixes.h"
#include "cli/lint/lint_options.h"

namespace vsm::cli {

/// A linted map.
struct LintedMap {
    std::string path;         ///< its displayed path
    std::size_t allowed = 0;  ///< findings suppressed by an `allow`
};

struct Findings {
    SourceSet sources;                                  ///< the exact texts that findings refer to
    std::vector<Diagnostic> items;                      ///< in reading order (`sorted()`)
    std::vector<LintedMap> maps;                        ///< in the order of the command line and of folders
    std::optional<Severity> fail_on = Severity::error;  ///< from the flag, else the configurations; nothing: never fail

    std::vector<std::string> passed_over;  ///< messages about links that were not followed

    std::size_t in_baseline = 0;         ///< number of findings in the baseline
    std::size_t gone_from_baseline = 0;  ///< number of baseline entries without a finding
    std::string baseline;                ///< new content of the baseline file; empty to keep it

    std::size_t allowed() const;
    /// Whether a finding is at least as severe as `fail_on`.
    bool fail() const;
};

/// Lints the maps that the options name, in parallel; `instead` replaces the texts of files. Reports unreadable files
/// and invalid configurations on standard error and returns nothing.
std::optional<Findings> collect_findings(const LintOptions& options, const CommonOptions& common,
                                         const Texts& instead = {});

}  // namespace vsm::cli
