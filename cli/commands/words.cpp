// Prints words for completion scripts, one per line: names from the maps of a command line, or revisions of git. All
// characters are harmless in every shell, whatever a map or a repository contains.
#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <variant>

#include "cli/args/command.h"
#include "cli/git/find_maps.h"
#include "cli/git/git_command.h"
#include "cli/io/files.h"
#include "compiler/parse/parse.h"

namespace vsm::cli {
namespace {

constexpr std::size_t most_maps = 200;  ///< so that a key press does not read a whole disk

struct WordsOptions {
    Lookup lookup = Lookup::none;
    std::vector<std::string> line;
};

bool is_harmless(std::string_view word, std::string_view signs) {
    return !word.empty() && word.front() != '-' && std::all_of(word.begin(), word.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               signs.find(c) != std::string_view::npos;
    });
}

/// The maps and folders that the line names, else the current folder.
std::vector<std::string> places_in(const std::vector<std::string>& line) {
    std::vector<std::string> places;
    for (const std::string& word : line)
        if (word.ends_with(".vsm") && exists(word) && !is_folder(word)) places.push_back(word);
    return places.empty() ? std::vector<std::string>{"."} : places;
}

/// The declared streams and futures; those of a broken map as far as they can be read.
void add_names(const InputFile& map, Lookup lookup, std::set<std::string>& names) {
    const SourceFile source(FileId{0}, map.path, map.text);
    Diagnostics ignored;
    for (const ast::Item& item : parse::parse(source, ignored).block.items) {
        const auto* statement = item.statement();
        if (statement == nullptr) continue;
        const auto* stream = std::get_if<ast::Stream>(statement);
        const auto* future = std::get_if<ast::Future>(statement);
        if (stream != nullptr && lookup != Lookup::futures) names.insert(stream->name.text);
        if (future != nullptr && lookup != Lookup::streams) names.insert(future->name.text);
    }
}

std::set<std::string> names_of(const WordsOptions& options) {
    std::set<std::string> names;
    const auto maps = find_maps(places_in(options.line), Links::held);
    if (!maps) return names;
    for (std::size_t i = 0; i < std::min(maps.value().size(), most_maps); ++i)
        if (const auto map = read_map(maps.value()[i])) add_names(map.value(), options.lookup, names);
    std::erase_if(names, [](const std::string& name) { return !is_harmless(name, "_-"); });
    return names;
}

/// Branches, remote branches and tags.
std::set<std::string> revisions() {
    std::set<std::string> names;
    const auto listed = run_git(
        ".", {"for-each-ref", "--count=1000", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags"});
    if (!listed) return names;
    std::istringstream lines(listed.value().out);
    for (std::string name; std::getline(lines, name);)
        if (is_harmless(name, "_-./@+")) names.insert(name);
    return names;
}

class Words final : public Command {
    void declare(Flags& flags) override {
        flags.argument("KIND", options_.lookup, lookup_names, "What to print").required();
        flags.arguments("WORD", options_.line, "The words of the command line");
    }
    int run(const CommonOptions&) override {
        const auto words = options_.lookup == Lookup::revisions ? revisions() : names_of(options_);
        for (const std::string& word : words) print(word + "\n");
        return exit_clean;
    }

    WordsOptions options_;
};

}  // namespace

extern const CommandInfo words_command;
const CommandInfo words_command{.name = "words",
                                .help = "Print words for completion scripts",
                                .examples = {},
                                .make = make_command<Words>,
                                .hidden = true};

}  // namespace vsm::cli
