// Scripts that complete the command line in a shell, from a table of commands. Knows no command of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vsm::cli {

/// What a flag or a command takes.
struct Argument {
    enum class Files { none, any, maps };
    std::string name;                ///< `FORMAT`
    std::vector<std::string> words;  ///< what may be written; before a `=` where `values` are
    std::vector<std::string> values;  ///< what may follow `=` after one of the words
    Files files = Files::none;       ///< also files; after the `=` where there are words
    bool list = false;               ///< several, with commas
};

struct CompletedFlag {
    std::vector<std::string> names;  ///< `-t`, `--target`
    std::string help;
    std::optional<Argument> takes;
};

struct CompletedCommand {
    std::string name, help;
    std::vector<CompletedFlag> flags;
    Argument takes;
};

using CompletionTable = std::vector<CompletedCommand>;

std::string bash_completion(const CompletionTable& table);
std::string zsh_completion(const CompletionTable& table);
std::string fish_completion(const CompletionTable& table);

}  // namespace vsm::cli
