// The options of `vsm lint`.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args/common_options.h"
#include "cli/args/values.h"
#include "compiler/lint/lint.h"

namespace vsm::cli {

enum class LintFormat { text, concise, json, sarif, github, gitlab, markdown };
/// The names on the command line, in the order of the enumeration.
inline constexpr std::array<std::string_view, 7> lint_format_names{"text",   "concise", "json",    "sarif",
                                                                   "github", "gitlab",  "markdown"};

/// `--report sarif=lint.sarif`.
struct ReportFile {
    LintFormat format{};
    std::string path;
};

struct LintOptions {
    std::vector<std::string> paths;
    LintFormat format = LintFormat::text;
    std::vector<ReportFile> reports;
    bool fix = false;                                ///< apply the fixes
    bool diff = false;                               ///< with `fix`: only show the changes
    std::optional<std::optional<Severity>> fail_on;  ///< inner nothing: `never`
    lint::RuleSet rules;
    Backends outputs;
    ConfigChoice config;
    std::string baseline;         ///< a file with findings to leave out; may be empty
    bool write_baseline = false;  ///< with all current findings
    bool prune_baseline = false;  ///< without findings that no longer occur
    std::size_t jobs = 0;         ///< 0: one per processor
    bool tracked = false;         ///< in folders, only maps that git tracks
};

}  // namespace vsm::cli
