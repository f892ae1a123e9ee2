// Parses the command line with the flags that commands declare, and runs a command.
#pragma once

#include <string>

#include "cli/args/command.h"

namespace vsm::cli {

/// Runs the command of a command line. Prints help to standard output, and usage errors with the closest valid word to
/// standard error. Returns the exit code.
int run_command_line(int count, char** words);

/// The help of a command; without one, of vsm.
std::string help_of(const CommandInfo* command);

/// Prints a usage error with a pointer to the help of a command, or of vsm if the name is empty. Returns exit_trouble.
int usage_error(const std::string& message, std::string_view command);

}  // namespace vsm::cli
