#include "cli/args/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "base/text.h"
#include "cli/args/meant_command.h"
#include "cli/args/values.h"

namespace vsm::cli {
namespace {

constexpr std::string_view about =
    "vsm compiles value stream maps: figures, checks, diagrams and mock pipelines from a text file in git.\n\n"
    "  vsm init map.vsm                      write a map to start from\n"
    "  vsm lint map.vsm                      check it\n"
    "  vsm metrics map.vsm                   compute its figures\n"
    "  vsm preview map.vsm                   show it in the browser, redrawn on every save\n"
    "  vsm build map.vsm -t svg -o map.svg   draw it";

/// A flag as CLI11 parses it.
struct ParsedFlag {
    const Flag& flag;
    CLI::Option* option = nullptr;
    bool on = false;
    std::string one;
    std::vector<std::string> several;

    std::vector<std::string> given() const {
        if (flag.value.empty()) return {};
        return flag.many ? several : std::vector<std::string>{one};
    }
};

/// The parser of vsm: knows the names of all commands, and the flags of at most one.
class Parser {
public:
    /// `alone`: the command line begins with the command, so no other can be meant, and none is prepared.
    explicit Parser(const CommandInfo* info, bool alone = false) : app_{std::string(about), "vsm"} {
        app_.set_help_flag("-h,--help", "Show this help");
        app_.require_subcommand(0, 1);
        app_.add_flag("--version", version_, "Print the version");
        for (const CommandInfo* one : all_commands()) {
            if (alone && one != info) continue;
            apps_[one] = app_.add_subcommand(std::string(one->name), std::string(one->help));
            if (one->hidden) apps_[one]->group("");
        }
        if (info != nullptr) declare(*info);
    }

    int run(int count, char** words);
    std::string help(const CommandInfo* info) const;

private:
    void declare(const CommandInfo& info);
    void add(CLI::App& app, ParsedFlag& parsed);
    UsageError read();
    int unknown_words(int count, char** words) const;
    const CommandInfo* chosen() const;
    int refuse(const std::string& message) const;

    CLI::App app_;
    std::map<const CommandInfo*, CLI::App*> apps_;
    bool version_ = false;
    CommonOptions common_;
    std::unique_ptr<Command> command_;
    Flags flags_{common_};
    std::deque<ParsedFlag> parsed_;
};

std::string examples_text(const CommandInfo& info) {
    std::string text = "Examples:";
    for (const std::string_view example : info.examples)
        if (!example.empty()) text += fmt::format("\n  {}", example);
    return text;
}

void Parser::declare(const CommandInfo& info) {
    CLI::App& app = *apps_.at(&info);
    app.footer(examples_text(info));
    command_ = info.make();
    command_->declare(flags_);
    for (const Flag& flag : flags_.all()) add(app, parsed_.emplace_back(ParsedFlag{flag, nullptr, false, {}, {}}));
    for (const ParsedFlag& parsed : parsed_) {
        if (!parsed.flag.needed.empty()) parsed.option->needs(app.get_option(parsed.flag.needed));
        if (!parsed.flag.excluded.empty()) parsed.option->excludes(app.get_option(parsed.flag.excluded));
    }
}

void Parser::add(CLI::App& app, ParsedFlag& parsed) {
    const Flag& flag = parsed.flag;
    parsed.option = flag.value.empty() ? app.add_flag(flag.names, parsed.on, flag.help)
                    : flag.many        ? app.add_option(flag.names, parsed.several, flag.help)
                                       : app.add_option(flag.names, parsed.one, flag.help);
    if (!flag.value.empty()) parsed.option->type_name(flag.value);
    if (flag.many && !flag.is_argument()) parsed.option->allow_extra_args(false);
    if (flag.is_required) parsed.option->required();
    if (flag.is_hidden) parsed.option->group("");
}

UsageError Parser::read() {
    for (const ParsedFlag& parsed : parsed_)
        if (parsed.option->count() > 0)
            if (UsageError wrong = parsed.flag.read(parsed.given())) return wrong;
    return command_->settle();
}

const CommandInfo* Parser::chosen() const {
    const std::vector<CLI::App*> found = app_.get_subcommands();
    return found.empty() ? nullptr : find_command(found.front()->get_name());
}

int Parser::refuse(const std::string& message) const {
    return usage_error(message, chosen() == nullptr ? std::string_view() : chosen()->name);
}

/// The help of vsm or of a command. Normalizes empty lines: CLI11 writes one more for hidden flags, and its versions
/// end the text differently.
std::string Parser::help(const CommandInfo* info) const {
    const CLI::App& subject = info == nullptr ? app_ : *apps_.at(info);
    const std::string name = info == nullptr ? app_.get_name() : fmt::format("{} {}", app_.get_name(), info->name);
    std::string text = subject.get_formatter()->make_help(&subject, name, CLI::AppFormatMode::Normal);
    for (std::size_t at = 0; (at = text.find("\n\n\n", at)) != std::string::npos;) text.erase(at, 1);
    text.erase(text.find_last_not_of('\n') + 1);
    return text + "\n";
}

std::vector<std::string> flag_names(const CLI::App& app, bool with_hidden) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group().empty() && !with_hidden) continue;
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    }
    return names;
}

/// Reports an unknown flag with the closest known one.
int Parser::unknown_words(int count, char** words) const {
    const CommandInfo* info = chosen();
    const CLI::App& app = info == nullptr ? app_ : *apps_.at(info);
    const std::vector<std::string> known = flag_names(app, true);
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word.size() < 2 || word.front() != '-') continue;
        const std::string name = word.substr(0, word.find('='));
        const bool cluster = name.size() > 2 && name[1] != '-' &&
                             std::find(known.begin(), known.end(), name.substr(0, 2)) != known.end();
        if (cluster || std::find(known.begin(), known.end(), name) != known.end()) continue;
        const std::string habit = info == nullptr ? meant_flag(name) : "";
        return refuse(fmt::format("`{}` has no flag `{}`{}",
                                  info == nullptr ? std::string("vsm") : fmt::format("vsm {}", info->name), name,
                                  habit.empty() && name.size() > 2 ? suggestion(name, flag_names(app, false)) : habit));
    }
    return refuse("there are more words than this command takes");
}

int Parser::run(int count, char** words) {
    try {
        app_.parse(count, words);
    } catch (const CLI::CallForHelp&) {
        print(help(chosen()));
        return exit_clean;
    } catch (const CLI::ExtrasError&) {
        return unknown_words(count, words);
    } catch (const CLI::ParseError& error) {
        return refuse(error.what());
    }
    if (version_) return find_command("version")->make()->run(common_);
    if (chosen() == nullptr) {
        print_error(help(nullptr));
        return exit_trouble;
    }
    if (const UsageError wrong = read()) return refuse(*wrong);
    return command_->run(common_);
}

/// The first word that is the name of a command. Flags of vsm itself may precede it.
const CommandInfo* command_in(int count, char** words) {
    for (int i = 1; i < count; ++i)
        if (const CommandInfo* info = find_command(words[i])) return info;
    return nullptr;
}

/// The first `--flag=` without a value: CLI11 would take the next word for it.
std::string flag_without_value(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        if (word == "--") break;
        if (word.starts_with("--") && word.size() > 3 && word.find('=') == word.size() - 1) return word;
    }
    return {};
}

}  // namespace

int usage_error(const std::string& message, std::string_view command) {
    const std::string help = command.empty() || command == "help" ? "vsm help" : fmt::format("vsm {} --help", command);
    print_error(fmt::format("vsm: {}\nvsm: see `{}`\n", log_text(message), help));
    return exit_trouble;
}

std::string help_of(const CommandInfo* command) { return Parser(command).help(command); }

int run_command_line(int count, char** words) {
    const std::vector<std::string> given(words + std::min(count, 1), words + count);
    const bool is_flag = given.empty() || (given.front().starts_with('-') && given.front() != "-");
    if (!is_flag && find_command(given.front()) == nullptr) return usage_error(no_such_command(given), {});
    const CommandInfo* command = command_in(count, words);
    if (const std::string flag = flag_without_value(given); !flag.empty())
        return usage_error(fmt::format("`{}` has no value", flag), command == nullptr ? "" : command->name);
    return Parser(command, !is_flag).run(count, words);
}

}  // namespace vsm::cli
