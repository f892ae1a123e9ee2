// The commands and flags that CLI11 was told of, as the table that completion scripts are made from.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/completion.h"

namespace vsm::cli {

/// What stands between the words in the name of a validator that takes a few words.
inline constexpr char between_words = '|';

CompletionTable table_of(const CLI::App& app);

}  // namespace vsm::cli
