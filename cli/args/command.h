// A command of vsm: one file in cli/commands/ with its options, its flags and its run function.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "cli/args/flags.h"

namespace vsm::cli {

class Command {
public:
    Command() = default;
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    virtual ~Command() = default;

    /// Declares the flags. Each sets a member.
    virtual void declare(Flags& flags) = 0;
    /// Completes the options after all flags are read. Returns what is wrong with their combination.
    virtual UsageError settle() { return std::nullopt; }
    /// Returns the exit code.
    virtual int run(const CommonOptions& common) = 0;
};

struct CommandInfo {
    std::string_view name;
    std::string_view help;                     ///< one line
    std::array<std::string_view, 3> examples;  ///< command lines, up to three; the others are empty
    std::unique_ptr<Command> (*make)();
    bool hidden = false;  ///< for programs: not in the help, not suggested, not completed
};

template <class Made>
std::unique_ptr<Command> make_command() {
    return std::make_unique<Made>();
}

/// In the order of the help. Defined in cli/commands/.
std::span<const CommandInfo* const> all_commands();

/// Returns null if no command has that name.
const CommandInfo* find_command(std::string_view name);

/// Without hidden commands.
std::vector<std::string> command_names();

}  // namespace vsm::cli
