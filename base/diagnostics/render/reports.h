// Renders diagnostics in the formats that code-review sites consume. Does not read files; the caller maps their paths.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/diagnostics/diagnostics.h"

namespace vsm {

/// Explains a diagnostic to readers of a report.
struct DiagnosticText {
    std::string about;          ///< meaning and importance, in sentences
    std::string help;           ///< the full explanation as plain text
    std::string help_markdown;  ///< the full explanation as Markdown
};

/// Callbacks that reports need besides the diagnostics.
struct ReportSetting {
    /// The path of a file in a report: relative to the root that its reader assumes, with `/`.
    std::function<std::string(const std::string&)> path_of;
    std::function<DiagnosticText(const DiagnosticInfo&)> text_of;
};

/// A SARIF 2.1.0 log with everything that GitHub's code scanning requires: the reported diagnostics as rules, places
/// with lines and columns (from 1, in characters, end exclusive), labels, fixes, line hashes. Code scanning accepts
/// `most_sarif_results` results per run: if there are more, the most severe are kept and a notification counts the
/// rest.
inline constexpr std::size_t most_sarif_results = 25'000;
std::string render_sarif(std::span<const Diagnostic> diagnostics, const SourceSet& sources,
                         const ReportSetting& setting);

/// Workflow commands for GitHub's runner: at most ten annotations of each severity, which is the most the runner shows
/// for a step. Most severe first; a last notice counts the rest.
std::string render_github(std::span<const Diagnostic> diagnostics, const SourceSet& sources,
                          const ReportSetting& setting);

/// GitLab's code quality report. Fingerprints are unique in a report and stay the same when lines above change.
std::string render_gitlab(std::span<const Diagnostic> diagnostics, const SourceSet& sources,
                          const ReportSetting& setting);

/// A heading with the counts and a table of the findings, for a job summary or a comment. At most 400 rows, most severe
/// first.
std::string render_markdown(std::span<const Diagnostic> diagnostics, const SourceSet& sources,
                            const ReportSetting& setting);

/// The diagnostics by severity, errors first; otherwise in the given order.
std::vector<const Diagnostic*> by_severity(std::span<const Diagnostic> diagnostics);

/// `2 errors, 1 warning`, or `no findings`.
std::string counts_of(std::span<const Diagnostic> diagnostics);

}  // namespace vsm
