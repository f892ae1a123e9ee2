#include <algorithm>
#include <array>

#include "cli/args/command.h"

namespace vsm::cli {

#define VSM_COMMAND(name) extern const CommandInfo name##_command;
#include "cli/commands/commands.def"
#undef VSM_COMMAND

std::span<const CommandInfo* const> all_commands() {
    static constexpr std::array rows{
#define VSM_COMMAND(name) &name##_command,
#include "cli/commands/commands.def"
#undef VSM_COMMAND
    };
    return rows;
}

const CommandInfo* find_command(std::string_view name) {
    const auto all = all_commands();
    const auto found = std::find_if(all.begin(), all.end(), [&](const CommandInfo* one) { return one->name == name; });
    return found == all.end() ? nullptr : *found;
}

std::vector<std::string> command_names() {
    std::vector<std::string> names;
    for (const CommandInfo* one : all_commands())
        if (!one->hidden) names.emplace_back(one->name);
    return names;
}

}  // namespace vsm::cli
