// What lint finds, as data: maps read, compiled and looked at. Does not know how findings are shown (commands/lint.cpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/fixes.h"
#include "cli/options.h"

namespace vsm::cli {

/// A map that was looked at.
struct LintedMap {
    std::string path;         ///< as it is shown
    std::size_t allowed = 0;  ///< findings that an `allow` silenced
};

struct Findings {
    SourceSet sources;              ///< what the places lie in: the very bytes that were looked at
    std::vector<Diagnostic> items;  ///< in the order people read (sorted())
    std::vector<LintedMap> maps;    ///< in the order of the command line and of folders
    std::optional<Severity> fail_on = Severity::error;  ///< as the flag or else the configurations say; nothing: never

    std::vector<std::string> passed_over;  ///< lines about links that were not followed

    std::size_t in_baseline = 0;         ///< findings that the baseline lists
    std::size_t gone_from_baseline = 0;  ///< what it lists and is no longer there
    std::string baseline;                ///< what is to be written into it; empty: nothing

    std::size_t allowed() const;
    /// Whether something is at `fail_on` or above.
    bool fail() const;
};

/// Lints what the options name, on all processors, with texts that stand in for what files hold. What cannot be read, and what is wrong with a
/// configuration, is said on the standard error; then there is nothing.
std::optional<Findings> collect_findings(const LintOptions& options, const CommonOptions& common, const Texts& instead = {});

}  // namespace vsm::cli
