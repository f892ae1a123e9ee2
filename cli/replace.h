// Putting a whole file in the place of another, so that whoever looks, at any moment, sees the old file or the new one. Knows neither
// what is in it nor whether it may be replaced.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace vsm::cli {

/// Replaces the file at `path`, or makes it; its permissions stay. The content is flushed to disk in a file without a name, which then gets
/// the name; where another file has it, by way of a name beside it, `NAME.vsm-1.tmp`. A process that is killed leaves that name behind
/// only between two system calls (on file systems without nameless files, as long as it writes); the next write of the same file removes it. Fails
/// with what the system says; then the old file is untouched, and nothing is left.
Result<bool> replace_file(const std::string& path, std::string_view content);

}  // namespace vsm::cli
