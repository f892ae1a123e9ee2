// Generates shell completion scripts from a table of commands. Does not define commands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/args/flags.h"

namespace vsm::cli {

/// The argument of a flag or command.
struct Argument {
    std::string name;  ///< `FORMAT`
    Candidates candidates;
};

struct CompletedFlag {
    std::vector<std::string> names;  ///< `-t`, `--to`
    std::string help;
    std::optional<Argument> takes;
};

struct CompletedCommand {
    std::string name, help;
    std::vector<CompletedFlag> flags;
    std::vector<Argument> arguments;  ///< the last may be repeated
};

using CompletionTable = std::vector<CompletedCommand>;

std::string bash_completion(const CompletionTable& table);
std::string zsh_completion(const CompletionTable& table);
std::string fish_completion(const CompletionTable& table);

}  // namespace vsm::cli
