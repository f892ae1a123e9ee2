#include "cli/args/command_table.h"

#include <sstream>

#include "cli/args/command.h"

namespace vsm::cli {
namespace {

std::vector<std::string> split(const std::string& names) {
    std::vector<std::string> all;
    std::istringstream parts(names);
    for (std::string name; std::getline(parts, name, ',');) all.push_back(name);
    return all;
}

CompletedFlag completed(const Flag& flag) {
    CompletedFlag made{split(flag.names), flag.help.substr(0, flag.help.find('\n')), std::nullopt};
    if (!flag.value.empty()) made.takes = Argument{flag.value, flag.candidates};
    return made;
}

CompletedCommand completed(const CommandInfo& info) {
    CompletedCommand made{
        std::string(info.name), std::string(info.help), {{{"-h", "--help"}, "Show this help", {}}}, {}};
    CommonOptions common;
    Flags flags(common);
    const std::unique_ptr<Command> command = info.make();
    command->declare(flags);
    for (const Flag& flag : flags.all()) {
        if (flag.is_hidden) continue;
        if (flag.is_argument())
            made.arguments.push_back({flag.names, flag.candidates});
        else
            made.flags.push_back(completed(flag));
    }
    return made;
}

}  // namespace

CompletionTable completion_table() {
    CompletionTable table;
    for (const CommandInfo* info : all_commands())
        if (!info->hidden) table.push_back(completed(*info));
    return table;
}

}  // namespace vsm::cli
