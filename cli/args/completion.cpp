#include "cli/args/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace vsm::cli {
namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// Quotes a word for POSIX-like shells.
std::string quoted(const std::string& text) { return "'" + replaced(text, "'", "'\\''") + "'"; }

std::string fish_quoted(const std::string& text) {
    return "'" + replaced(replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

bool is_pair(const Candidates& offered) {
    return !offered.words.empty() && (!offered.values.empty() || offered.files != Candidates::Files::none);
}

std::string_view lookup_name(const Candidates& offered) {
    return lookup_names[static_cast<std::size_t>(offered.lookup)];
}

/// The bash call that completes a value.
std::string bash_call(const Candidates& offered) {
    if (offered.lookup != Lookup::none) return fmt::format("_vsm_found {}", lookup_name(offered));
    if (is_pair(offered))
        return fmt::format("_vsm_pair {} {}", quoted(joined(offered.words)), quoted(joined(offered.values)));
    if (!offered.words.empty())
        return fmt::format("{} {}", offered.list ? "_vsm_list" : "_vsm_words", quoted(joined(offered.words)));
    switch (offered.files) {
        case Candidates::Files::none: return ":";
        case Candidates::Files::any: return "_vsm_files";
        case Candidates::Files::maps: return "_vsm_maps";
    }
    return ":";
}

/// The bash calls that complete any argument of a command.
std::string bash_calls(const std::vector<Argument>& arguments) {
    std::string text;
    for (const Argument& argument : arguments) text += (text.empty() ? "" : "; ") + bash_call(argument.candidates);
    return text.empty() ? ":" : text;
}

constexpr std::string_view bash_begin = R"sh(# Completion of vsm for bash, made by `vsm completion bash`.

# Each completes $value, which stands behind $lead in the word.
_vsm_add() { mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY; }
_vsm_words() { _vsm_add < <(compgen -P "$lead" -W "$1" -- "$value"); }
# names from the maps of the line, or from git: of letters, digits and -_./@+
_vsm_found() {
  local line=("${COMP_WORDS[@]:1}")
  line=("${line[@]//[\\\"\']/}")
  _vsm_words "$(vsm words "$1" -- "${line[@]/#\~\//$HOME/}" 2>/dev/null)"
}
_vsm_list() {
  if [[ $value == *,* ]]; then
    lead+=${value%,*},
    value=${value##*,}
  fi
  _vsm_words "$1"
}
_vsm_pair() {
  if [[ $value == *=* ]]; then
    lead+=${value%%=*}=
    value=${value#*=}
    if [[ $2 ]]; then _vsm_words "$2"; else _vsm_files; fi
  else
    _vsm_add < <(compgen -P "$lead" -S = -W "$1" -- "$value")
    compopt -o nospace 2>/dev/null || :
  fi
}
_vsm_files() {
  _vsm_add < <(compgen -P "$lead" -f -- "$value")
  compopt -o filenames 2>/dev/null || :
}
_vsm_maps() {
  _vsm_add < <(compgen -P "$lead" -d -- "$value"; compgen -P "$lead" -f -X '!*.vsm' -- "$value")
  compopt -o filenames 2>/dev/null || :
}
)sh";

constexpr std::string_view bash_end = R"sh(
_vsm() {
  local words=() word glue= i
  # bash may split at `=`
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ ($word == = || $glue) && ${#words[@]} -gt 0 ]]; then words[${#words[@]}-1]+=$word; else words+=("$word"); fi
    if [[ $word == = ]]; then glue=1; else glue=; fi
  done
  local cur=${words[${#words[@]}-1]} command=${words[0]} flag= lead= value
  value=$cur
  COMPREPLY=()
  if ((${#words[@]} == 1)); then
    _vsm_words "$(_vsm_commands) --help --version"
    return
  fi
  if [[ $cur == --*=* ]]; then
    flag=${cur%%=*} lead=${cur%%=*}= value=${cur#*=}
  elif ((${#words[@]} > 2)); then
    flag=${words[${#words[@]}-2]}
  fi
  if ! _vsm_value "$command" "$flag"; then
    lead= value=$cur
    if [[ $cur == -* ]]; then _vsm_words "$(_vsm_flags "$command")"; else _vsm_argument "$command"; fi
  fi
  # what is before the last `=` stays
  if [[ $cur == *=* && $COMP_WORDBREAKS == *=* ]]; then COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*=}"}"}"); fi
}
complete -F _vsm vsm
)sh";

/// A bash function whose body depends on the command.
std::string bash_case(std::string_view name, const CompletionTable& table,
                      const std::function<std::string(const CompletedCommand&)>& of) {
    std::string text = fmt::format("\n{}() {{\n  case $1 in\n", name);
    for (const CompletedCommand& command : table) text += fmt::format("    {}) {} ;;\n", command.name, of(command));
    return text + "  esac\n}\n";
}

std::vector<std::string> flag_names(const CompletedCommand& command) {
    std::vector<std::string> names;
    for (const CompletedFlag& flag : command.flags) names.insert(names.end(), flag.names.begin(), flag.names.end());
    return names;
}

/// Escapes a flag's help for the brackets of a zsh specification.
std::string zsh_help(const std::string& help) {
    std::string text;
    for (const char c : help) {
        if (std::string_view("[]:\\").find(c) != std::string_view::npos) text += '\\';
        text += c;
    }
    return text;
}

std::string zsh_action(const Candidates& offered) {
    if (offered.lookup != Lookup::none) return fmt::format("{{_vsm_found {}}}", lookup_name(offered));
    if (is_pair(offered))
        return fmt::format("{{_vsm_pair \"{}\" \"{}\"}}", joined(offered.words), joined(offered.values));
    if (offered.list) return fmt::format("{{_vsm_list {}}}", joined(offered.words));
    if (!offered.words.empty()) return fmt::format("({})", joined(offered.words));
    switch (offered.files) {
        case Candidates::Files::none: return " ";
        case Candidates::Files::any: return "_files";
        case Candidates::Files::maps: return "_files -g \"*.vsm\"";
    }
    return " ";
}

constexpr std::string_view zsh_begin = R"sh(#compdef vsm
# Completion of vsm for zsh, made by `vsm completion zsh`.

# Names from the maps of the line, or from git.
_vsm_found() {
  local -a line=("${(@Q)words[2,-1]}") found
  found=(${(f)"$(vsm words $1 -- "${line[@]/#\~\//$HOME/}" 2>/dev/null)"})
  compadd -a found
}

_vsm_list() {
  compset -P '*,'
  compadd -q -S , -- "$@"
}
_vsm_pair() {
  if compset -P '*='; then
    if [[ -n $2 ]]; then compadd -- ${=2}; else _files; fi
  else
    compadd -S = -- ${=1}
  fi
}
)sh";

std::string zsh_flag(const CompletedFlag& flag, const std::string& name) {
    const bool is_long = name.starts_with("--");
    const std::string takes = flag.takes ? fmt::format("{}[{}]:{}:{}", is_long ? "=" : "+", zsh_help(flag.help),
                                                       zsh_help(flag.takes->name), zsh_action(flag.takes->candidates))
                                         : fmt::format("[{}]", zsh_help(flag.help));
    return fmt::format(" \\\n        {}", quoted("*" + name + takes));
}

std::string zsh_command(const CompletedCommand& command) {
    std::string text = fmt::format("      {})\n        _arguments -s", command.name);
    for (const CompletedFlag& flag : command.flags)
        for (const std::string& name : flag.names) text += zsh_flag(flag, name);
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
        const Argument& argument = command.arguments[i];
        const std::string place = i + 1 == command.arguments.size() ? "*" : fmt::format("{}", i + 1);
        text += fmt::format(" \\\n        {}",
                            quoted(fmt::format("{}:{}:{}", place, argument.name, zsh_action(argument.candidates))));
    }
    return text + " ;;\n";
}

/// The fish command that looks names up.
std::string fish_found(const Candidates& offered) {
    return fmt::format("(vsm words {} -- (commandline -op)[2..-1] 2>/dev/null)", lookup_name(offered));
}

/// The options of a fish `complete` command for a flag with a value.
std::string fish_takes(const Candidates& offered) {
    if (offered.lookup != Lookup::none) return fmt::format(" -x -a {}", fish_quoted(fish_found(offered)));
    if (is_pair(offered)) {
        std::vector<std::string> pairs;
        for (const std::string& word : offered.words) {
            if (offered.values.empty()) pairs.push_back(word + "=");
            for (const std::string& value : offered.values) pairs.push_back(word + "=" + value);
        }
        return fmt::format(" -x -a {}", fish_quoted(joined(pairs)));
    }
    if (offered.list)
        return fmt::format(" -x -a {}", fish_quoted(fmt::format("(__fish_append , {})", joined(offered.words))));
    if (!offered.words.empty()) return fmt::format(" -x -a {}", fish_quoted(joined(offered.words)));
    switch (offered.files) {
        case Candidates::Files::none: return " -x";
        case Candidates::Files::any: return " -r -F";
        case Candidates::Files::maps: return " -x -a '(__fish_complete_suffix .vsm)'";
    }
    return "";
}

}  // namespace

std::string bash_completion(const CompletionTable& table) {
    std::vector<std::string> names;
    for (const CompletedCommand& command : table) names.push_back(command.name);
    std::string text(bash_begin);
    text += fmt::format("\n_vsm_commands() {{ echo {}; }}\n", quoted(joined(names)));
    text += bash_case("_vsm_flags", table,
                      [](const CompletedCommand& command) { return "echo " + quoted(joined(flag_names(command))); });
    text += bash_case("_vsm_argument", table,
                      [](const CompletedCommand& command) { return bash_calls(command.arguments); });
    text += "\n# Fails where the flag takes nothing.\n_vsm_value() {\n  case \"$1 $2\" in\n";
    for (const CompletedCommand& command : table)
        for (const CompletedFlag& flag : command.flags)
            for (const std::string& name : flag.names)
                if (flag.takes)
                    text += fmt::format("    {}) {} ;;\n", quoted(command.name + " " + name),
                                        bash_call(flag.takes->candidates));
    return text + "    *) return 1 ;;\n  esac\n}\n" + std::string(bash_end);
}

std::string zsh_completion(const CompletionTable& table) {
    std::string text(zsh_begin);
    text += "\n_vsm() {\n  local context state state_descr line\n  typeset -A opt_args\n  local -a commands=(\n";
    for (const CompletedCommand& command : table)
        text += fmt::format("    {}\n", quoted(fmt::format("{}:{}", command.name, zsh_help(command.help))));
    text += "  )\n  _arguments -C '(- *)'{-h,--help}'[Show this help]' '(- *)--version[Print the version]' "
            "'1:command:->command' '*::argument:->argument'\n";
    text += "  case $state in\n    command) _describe command commands ;;\n    argument) case $words[1] in\n";
    for (const CompletedCommand& command : table) text += zsh_command(command);
    return text +
           "    esac ;;\n  esac\n}\n\nif [[ $funcstack[1] == _vsm ]]; then _vsm \"$@\"; else compdef _vsm vsm; fi\n";
}

std::string fish_completion(const CompletionTable& table) {
    std::string text = "# Completion of vsm for fish, made by `vsm completion fish`.\n\ncomplete -c vsm -f\n";
    text += "complete -c vsm -n __fish_use_subcommand -s h -l help -d 'Show this help'\ncomplete -c vsm -n "
            "__fish_use_subcommand -l version -d 'Print the version'\n";
    for (const CompletedCommand& command : table)
        text += fmt::format("complete -c vsm -n __fish_use_subcommand -a {} -d {}\n", command.name,
                            fish_quoted(command.help));
    for (const CompletedCommand& command : table) {
        const std::string begin = fmt::format("complete -c vsm -n '__fish_seen_subcommand_from {}'", command.name);
        for (const CompletedFlag& flag : command.flags) {
            text += begin;
            for (const std::string& name : flag.names)
                text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            text +=
                fmt::format("{} -d {}\n", flag.takes ? fish_takes(flag.takes->candidates) : "", fish_quoted(flag.help));
        }
        for (const Argument& argument : command.arguments) {
            const Candidates& offered = argument.candidates;
            if (offered.lookup != Lookup::none)
                text += fmt::format("{} -a {}\n", begin, fish_quoted(fish_found(offered)));
            if (offered.files == Candidates::Files::maps) text += begin + " -a '(__fish_complete_suffix .vsm)'\n";
            if (offered.files == Candidates::Files::any) text += begin + " -F\n";
            if (!offered.words.empty()) text += fmt::format("{} -a {}\n", begin, fish_quoted(joined(offered.words)));
        }
    }
    return text;
}

}  // namespace vsm::cli
