// What users mean who write the command of another tool, or a map in place of a command.
#pragma once

#include <string>
#include <vector>

namespace vsm::cli {

/// The error for words of which the first is no command, with the command that was probably meant.
std::string no_such_command(const std::vector<std::string>& words);

/// `; did you mean `vsm --version`?` for a flag of vsm itself that other tools have; empty if it is none.
std::string meant_flag(const std::string& flag);

}  // namespace vsm::cli
