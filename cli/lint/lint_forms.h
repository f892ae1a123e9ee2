// Renders findings in each output format of `vsm lint`, and writes report files. Does not lint.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/lint/findings.h"
#include "cli/lint/lint_options.h"

namespace vsm::cli {

/// The findings in one format, as texts to write one after the other. Reports for other programs use paths relative to
/// the repository root. Uses at most `jobs` threads; 0: one per processor.
std::vector<std::string> rendered(const Findings& findings, LintFormat format, bool color, std::size_t jobs);

/// Writes a report. Overwrites only an earlier report.
Result<bool> write_report(const Findings& findings, const ReportFile& report, Links links, std::size_t jobs);

}  // namespace vsm::cli
