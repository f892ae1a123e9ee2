// Detects the conflict markers that `git merge` leaves in a file.
#pragma once

#include "base/diagnostics/diagnostics.h"

namespace vsm {

/// Reports the first conflict in a file, with the lines of both sides and the number of further conflicts. Returns
/// false if there is none.
bool report_conflict(const SourceFile& file, Diagnostics& diagnostics);

}  // namespace vsm
