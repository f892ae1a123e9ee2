#include "cli/args/meant_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/args/command.h"
#include "cli/args/values.h"
#include "cli/io/files.h"
#include "cli/io/shell_words.h"

namespace vsm::cli {
namespace {

/// A command of another tool and the one of vsm that does the same. Its arguments go to the place of `{}`.
struct Habit {
    std::string_view word, meant;
};

constexpr Habit habits[] = {
    {"check", "lint{}"},
    {"validate", "lint{}"},
    {"verify", "lint{}"},
    {"test", "lint{}"},
    {"format", "fmt{}"},
    {"render", "build{} -t svg"},
    {"draw", "build{} -t svg"},
    {"graph", "build{} -t svg"},
    {"diagram", "build{} -t mermaid"},
    {"compile", "build{} -t OUTPUT"},
    {"generate", "build{} -t OUTPUT"},
    {"export", "build{} -t OUTPUT"},
    {"convert", "build{} -t OUTPUT"},
    {"make", "build{} -t OUTPUT"},
    {"list", "metrics{}"},
    {"ls", "metrics{}"},
    {"show", "metrics{}"},
    {"stats", "metrics{}"},
    {"report", "metrics{}"},
    {"measure", "metrics{}"},
    {"compare", "diff{}"},
    {"log", "history{}"},
    {"new", "init{}"},
    {"create", "init{}"},
    {"serve", "preview{}"},
    {"view", "preview{}"},
    {"open", "preview{}"},
    {"watch", "preview{}"},
    {"json", "ir{}"},
    {"dump", "ir{}"},
    {"merge", "apply{}"},
    {"rules", "explain --list"},
    {"ver", "version"},
};

/// The arguments as they are written in a shell, each after a blank; none if there are flags or many of them.
std::string repeated(const std::vector<std::string>& arguments) {
    const bool flags = std::any_of(arguments.begin(), arguments.end(),
                                   [](const std::string& word) { return word.size() > 1 && word.front() == '-'; });
    std::string text;
    if (!flags && arguments.size() <= 3)
        for (const std::string& word : arguments) text += " " + (word == "-" ? word : shell_word(word));
    return text;
}

/// Whether a word is written like a path of a map or of a folder with maps.
bool is_path(const std::string& word) {
    return word == "." || word == ".." || word.ends_with(".vsm") || word.find('/') != std::string::npos;
}

}  // namespace

std::string no_such_command(const std::vector<std::string>& words) {
    const std::string& first = words.front();
    const auto asks = [&](std::string_view problem) {
        return fmt::format("`{}` is {}, not a command; did you mean `vsm lint{}`?", first, problem, repeated(words));
    };
    if (first == "-") return asks("standard input");
    if (is_path(first)) return asks(is_folder(first) ? "a folder" : "a map");
    const std::string none = fmt::format("there is no command `{}`", first);
    const auto habit =
        std::find_if(std::begin(habits), std::end(habits), [&](const Habit& one) { return one.word == first; });
    if (habit != std::end(habits)) {
        const std::string arguments = repeated({words.begin() + 1, words.end()});
        return fmt::format("{}; did you mean `vsm {}`?", none, fmt::format(fmt::runtime(habit->meant), arguments));
    }
    const std::string near = suggestion(first, command_names());
    if (near.empty() && exists(first)) return asks(is_folder(first) ? "a folder" : "a file");
    return none + near;
}

std::string meant_flag(const std::string& flag) {
    return flag == "-v" || flag == "-V" || flag == "-version" ? "; did you mean `--version`?" : "";
}

}  // namespace vsm::cli
