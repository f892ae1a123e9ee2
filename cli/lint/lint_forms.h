// Renders findings in each output format of `vsm lint`, and writes report files. Does not lint.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/lint/findings.h"
#include "cli/lint/lint_options.h"

namespace vsm::cli {

/// The findings in one format. Reports for other programs use paths relative to the repository root.
std::string rendered(const Findings& findings, LintFormat format, bool color);

/// Writes a report. Overwrites only an earlier report.
Result<bool> write_report(const Findings& findings, const ReportFile& report, Links links);

}  // namespace vsm::cli
