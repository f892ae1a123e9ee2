// The forms in which `vsm lint` says what it found: printed, or written to a file. Does not know what is looked for.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/findings.h"
#include "cli/options.h"

namespace vsm::cli {

/// The findings in one form. Reports for other programs name files from the root of the repository that this folder is in.
std::string rendered(const Findings& findings, LintFormat format, bool color);

/// Writes a report; over an earlier one, but over nothing else.
Result<bool> write_report(const Findings& findings, const ReportFile& report, Links links);

}  // namespace vsm::cli
