// Diagnostics in the forms that the sites read which show them beside a change. Does not know where the text goes, nor what stands on the
// disk: paths are named by whoever calls.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/diagnostics.h"

namespace vsm {

/// What a reader learns of a diagnostic that it does not know.
struct DiagnosticText {
    std::string about;          ///< what it means and why it matters, in sentences
    std::string help;           ///< all there is to say, as text
    std::string help_markdown;  ///< and as Markdown
};

/// What the forms need besides the diagnostics.
struct ReportSetting {
    /// How a file is called in a report: relative to what its reader takes for the root, with `/`.
    std::function<std::string(const std::string&)> path_of;
    std::function<DiagnosticText(const DiagnosticInfo&)> text_of;
};

/// A log of SARIF 2.1.0 with all that GitHub's code scanning asks for: the diagnostics found as rules, places with lines and columns (from 1, in
/// characters, the end exclusive), labels, fixes, line hashes. It takes so many results of a run: of more, the gravest are in it, and a notification
/// says how many are not.
inline constexpr std::size_t most_sarif_results = 25'000;
std::string render_sarif(std::span<const Diagnostic> diagnostics, const SourceSet& sources, const ReportSetting& setting);

/// Commands of GitHub's runner: annotations, at most ten of each severity, which is what the runner shows of a step. The gravest first;
/// what was left out is counted in a last notice.
std::string render_github(std::span<const Diagnostic> diagnostics, const SourceSet& sources, const ReportSetting& setting);

/// GitLab's code quality report. Fingerprints do not change when lines above do, and no two in a report are the same.
std::string render_gitlab(std::span<const Diagnostic> diagnostics, const SourceSet& sources, const ReportSetting& setting);

/// A heading with the counts and a table of what was found, for a summary or a comment. At most 400 rows, the gravest first.
std::string render_markdown(std::span<const Diagnostic> diagnostics, const SourceSet& sources, const ReportSetting& setting);

/// The diagnostics, errors first and notes last, else in the order given.
std::vector<const Diagnostic*> gravest_first(std::span<const Diagnostic> diagnostics);

/// `2 errors, 1 warning`; `no findings`.
std::string counts_of(std::span<const Diagnostic> diagnostics);

}  // namespace vsm
