// What `git merge` leaves in a file that two sides changed in the same place, and nobody has resolved.
#pragma once

#include "base/diagnostics.h"

namespace vsm {

/// Reports the first conflict of a file, with the lines of both sides and how many more there are; false where there is none.
bool report_conflict(const SourceFile& file, Diagnostics& diagnostics);

}  // namespace vsm
