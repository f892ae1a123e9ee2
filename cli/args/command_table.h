// Converts the commands and their flags into the table for completion scripts.
#pragma once

#include "cli/args/completion.h"

namespace vsm::cli {

/// All commands, in the order of the help.
CompletionTable completion_table();

}  // namespace vsm::cli
