// Converts the commands and flags registered with CLI11 into the table for completion scripts.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/args/completion.h"

namespace vsm::cli {

/// The separator of the words in the name of a validator that accepts a list of words.
inline constexpr char between_words = '|';

CompletionTable table_of(const CLI::App& app);

}  // namespace vsm::cli
