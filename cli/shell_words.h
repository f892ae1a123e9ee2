// File names as words of a command that is printed for people to copy into a shell. Runs nothing.
#pragma once

#include <string>

namespace vsm::cli {

/// In quotes, for any POSIX shell; what begins with `-` is no flag then.
std::string shell_quoted(const std::string& path);

/// The same, without quotes where none are needed.
std::string shell_word(const std::string& path);

}  // namespace vsm::cli
