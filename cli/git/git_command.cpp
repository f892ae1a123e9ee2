#include "cli/git/git_command.h"

#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace vsm::cli {
namespace {

/// Switches off every program that a repository's configuration could start, and settings that change git's output.
constexpr std::string_view safe_settings[] = {
    "core.fsmonitor=false",         "core.hooksPath=/dev/null", "core.sshCommand=false",    "core.askPass=",
    "credential.helper=",           "protocol.allow=never",     "diff.external=",           "log.showSignature=false",
    "safe.bareRepository=explicit", "log.mailmap=false",        "diff.orderFile=/dev/null", "color.ui=false",
    "core.quotePath=false",         "diff.renameLimit=1000",    "log.showRoot=true",        "log.follow=false"};

/// Our environment without variables that change git's output or make it fetch or prompt.
std::vector<std::string> environment() {
    static constexpr std::string_view dropped[] = {"GIT_DIR=",
                                                   "GIT_COMMON_DIR=",
                                                   "GIT_OBJECT_DIRECTORY=",
                                                   "GIT_ALTERNATE_OBJECT_DIRECTORIES=",
                                                   "GIT_GRAFT_FILE=",
                                                   "GIT_SHALLOW_FILE=",
                                                   "GIT_REPLACE_REF_BASE=",
                                                   "GIT_WORK_TREE=",
                                                   "GIT_INDEX_FILE=",
                                                   "GIT_PREFIX=",
                                                   "GIT_NAMESPACE=",
                                                   "GIT_EXTERNAL_DIFF=",
                                                   "GIT_PAGER=",
                                                   "GIT_LITERAL_PATHSPECS=",
                                                   "GIT_GLOB_PATHSPECS=",
                                                   "GIT_NOGLOB_PATHSPECS=",
                                                   "GIT_ICASE_PATHSPECS=",
                                                   "GIT_OPTIONAL_LOCKS=",
                                                   "GIT_TERMINAL_PROMPT=",
                                                   "GIT_ALLOW_PROTOCOL=",
                                                   "GIT_NO_LAZY_FETCH=",
                                                   "GIT_DIFF_OPTS=",
                                                   "GIT_TRACE",
                                                   "LC_ALL=",
                                                   "LANGUAGE=",
                                                   "TZ="};
    std::vector<std::string> kept;
    for (char** one = ::environ; *one != nullptr; ++one) {
        const std::string_view line = *one;
        if (std::none_of(std::begin(dropped), std::end(dropped),
                         [&](std::string_view name) { return line.starts_with(name); }))
            kept.emplace_back(line);
    }
    for (const char* line : {"LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_ALLOW_PROTOCOL=none",
                             "GIT_NO_LAZY_FETCH=1"})
        kept.emplace_back(line);
    return kept;
}

std::vector<std::string> words_of(const std::string& folder, std::vector<std::string> arguments) {
    std::vector<std::string> words{"git", "-C", folder, "--no-pager"};
    for (const std::string_view setting : safe_settings) {
        words.emplace_back("-c");
        words.emplace_back(setting);
    }
    words.insert(words.end(), std::make_move_iterator(arguments.begin()), std::make_move_iterator(arguments.end()));
    return words;
}

}  // namespace

Result<ChildOutput> run_git(const std::string& folder, std::vector<std::string> arguments) {
    return run_program(words_of(folder, std::move(arguments)), environment());
}

Result<Child> start_git(const std::string& folder, std::vector<std::string> arguments) {
    return Child::start(words_of(folder, std::move(arguments)), environment());
}

std::string first_line_of_git(const std::string& text) {
    std::string line = text.substr(0, text.find('\n'));
    for (const std::string_view prefix : {"fatal: ", "error: "})
        if (line.starts_with(prefix)) line.erase(0, prefix.size());
    return line.empty() ? "it says nothing" : line;
}

std::string reason_of_git(const std::string& text) {
    std::string why = first_line_of_git(text);
    if (why.starts_with("detected dubious ownership"))
        return "the repository belongs to somebody else, so git does not read it; if you trust it: `git config "
               "--global "
               "--add safe.directory FOLDER`, with its absolute path";
    return why;
}

}  // namespace vsm::cli
