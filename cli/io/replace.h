// Replaces files atomically: readers see either the old or the new content at any moment. Does not check the content or
// whether the file may be replaced.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace vsm::cli {

/// Replaces or creates the file at `path`; keeps its permissions. Writes and flushes the content to an unnamed file,
/// then links it to the name; if that exists, links it as `NAME.vsm-1.tmp` and renames it. A killed process can leave
/// the temporary name only between these two system calls (on file systems without unnamed files, while it writes); the
/// next write to the same file removes it. Fails with the system's error if the file is read-only or on an I/O error;
/// then the old file is unchanged, and no temporary file remains.
Result<bool> replace_file(const std::string& path, std::string_view content);

}  // namespace vsm::cli
