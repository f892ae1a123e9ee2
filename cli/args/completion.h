// Generates shell completion scripts from a table of commands. Does not define commands.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vsm::cli {

/// The argument of a flag or command.
struct Argument {
    enum class Files { none, any, maps };
    std::string name;                 ///< `FORMAT`
    std::vector<std::string> words;   ///< accepted words; before a `=` if there are `values`
    std::vector<std::string> values;  ///< accepted values after `=`
    Files files = Files::none;        ///< also accepts files; after a `=` if there are words
    bool list = false;                ///< accepts several, separated by commas
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
