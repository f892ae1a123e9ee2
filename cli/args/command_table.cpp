#include "cli/args/command_table.h"

#include <algorithm>
#include <sstream>

#include "backends/backend.h"
#include "base/diagnostics/diagnostics.h"
#include "cli/args/options.h"

namespace vsm::cli {
namespace {

/// The words that a flag accepts; empty if it accepts any value.
std::vector<std::string> words_checked(const CLI::Option& option) {
    std::vector<std::string> words;
    try {
        std::istringstream names(const_cast<CLI::Option&>(option).get_validator()->get_name());
        for (std::string word; std::getline(names, word, between_words);) words.push_back(word);
    } catch (const CLI::OptionNotFound&) {
        // no validator
    }
    return words.size() > 1 ? words : std::vector<std::string>();
}

std::vector<std::string> names_of_diagnostics(bool rules_only) {
    std::vector<std::string> names;
    for (const DiagnosticInfo& info : all_diagnostics())
        if (!rules_only || info.rule_class != RuleClass::none) names.emplace_back(info.name);
    return names;
}

std::vector<std::string> names_of_targets() {
    std::vector<std::string> names;
    for (const backends::Backend& backend : backends::all_backends()) names.emplace_back(backend.name);
    return names;
}

std::vector<std::string> names_of_commands(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
    return names;
}

/// The argument of a flag or command, derived from its type name in the help.
Argument argument_of(const CLI::App& app, const CLI::Option& option, const std::string& called) {
    Argument argument{called, words_checked(option), {}, Argument::Files::none, called.find("[,") != std::string::npos};
    if (!argument.words.empty()) return argument;
    if (called == "PATH" || called == "OLD" || called == "NEW") argument.files = Argument::Files::maps;
    if (called == "FILE" || called == "FOLDER") argument.files = Argument::Files::any;
    if (called == "CODE") argument.words = names_of_diagnostics(false);
    if (called == "COMMAND") argument.words = names_of_commands(app);
    if (called.starts_with("TARGET")) argument.words = names_of_targets();
    if (called.starts_with("EVENT"))
        argument.words = {backends::workflow_events.begin(), backends::workflow_events.end()};
    if (called == "RULE=LEVEL") {
        argument.words = names_of_diagnostics(true);
        argument.values = {"off", "note", "warning", "error"};
    }
    if (called == "FORMAT=FILE") {
        argument.words = {lint_format_names.begin(), lint_format_names.end()};
        argument.files = Argument::Files::any;
    }
    return argument;
}

CompletedFlag flag_of(const CLI::App& app, const CLI::Option& option) {
    CompletedFlag flag;
    for (const std::string& name : option.get_snames()) flag.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) flag.names.push_back("--" + name);
    const std::string help = option.get_description();
    flag.help = help.substr(0, help.find('\n'));
    if (option.get_items_expected_max() > 0) flag.takes = argument_of(app, option, option.get_type_name());
    return flag;
}

}  // namespace

CompletionTable table_of(const CLI::App& app) {
    CompletionTable table;
    for (const CLI::App* command : app.get_subcommands({})) {
        CompletedCommand one{command->get_name(), command->get_description(), {}, {}};
        for (const CLI::Option* option : command->get_options()) {
            if (option->get_positional() && !option->nonpositional())
                one.takes = argument_of(app, *option, option->get_single_name());
            else
                one.flags.push_back(flag_of(app, *option));
        }
        table.push_back(std::move(one));
    }
    return table;
}

}  // namespace vsm::cli
