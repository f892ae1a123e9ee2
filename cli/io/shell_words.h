// Quotes file names for shell commands that users copy. Runs nothing.
#pragma once

#include <string>

namespace vsm::cli {

/// A quoted word for any POSIX shell. A leading `-` is escaped, so that it is no flag.
std::string shell_quoted(const std::string& path);

/// The same, but quoted only if necessary.
std::string shell_word(const std::string& path);

}  // namespace vsm::cli
