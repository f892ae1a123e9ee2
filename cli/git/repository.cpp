#include "cli/git/repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <unordered_map>

#include "cli/git/git_command.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

std::string without_line_end(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

constexpr const char* compare_two = "compare two files: `vsm diff OLD NEW`";

Failure no_git(const std::string& why, Purpose purpose) {
    return Failure{fmt::format("{}; it is needed for the history of a map. Install git{}", why,
                               purpose == Purpose::diff ? fmt::format(", or {}", compare_two) : "")};
}

Failure is_bare(Purpose purpose) {
    const std::string what = "this is a bare repository, or its .git folder: there are no maps";
    if (purpose == Purpose::history) return Failure{what + " to follow. Run it in a clone with its files"};
    return Failure{fmt::format("{} to compare with. Run it in a clone with its files, or {}", what, compare_two)};
}

Failure no_repository(Purpose purpose) {
    const std::string what = "this folder is in no git repository, so there is no ";
    if (purpose == Purpose::history)
        return Failure{what + "history; `vsm metrics` shows the figures of the maps as they are"};
    return Failure{fmt::format("{}earlier version to compare with; {}", what, compare_two)};
}

/// Whether a folder is neither in a bare repository nor in the git folder of another.
bool is_only_outside(const std::string& folder) {
    const auto done =
        run_git(folder.empty() ? "." : folder, {"rev-parse", "--is-bare-repository", "--is-inside-git-dir"});
    return done && done.value().exit == 0 && done.value().out == "false\nfalse\n";
}

/// Calls `use` with each part that is terminated by `ends`.
template <class Use>
void for_each_part(std::string_view text, char ends, Use use) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(ends), text.size());
        use(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

Result<std::string> Repository::run(std::vector<std::string> arguments) const {
    auto done = run_git(top_, std::move(arguments));
    if (!done) return no_git(done.error(), purpose_);
    if (done.value().exit != 0) return Failure{first_line_of_git(done.value().err)};
    return std::move(done.value().out);
}

Result<Repository> Repository::open(const std::string& folder, Purpose purpose) {
    const auto done = run_git(folder.empty() ? "." : folder, {"rev-parse", "--is-inside-work-tree", "--show-toplevel"});
    if (!done) return no_git(done.error(), purpose);
    const std::string& out = done.value().out;
    if (out.starts_with("false") && is_only_outside(folder))
        return Failure{
            fmt::format("the files of this repository are in another folder (`core.worktree`); run it there{}",
                        purpose == Purpose::diff ? fmt::format(", or {}", compare_two) : "")};
    // A folder of a repository can pose as a bare repository with a configuration of its own, so git must not even
    // open it.
    if (out.starts_with("false") || first_line_of_git(done.value().err).starts_with("cannot use bare repository"))
        return is_bare(purpose);
    if (done.value().exit != 0 || out.empty()) {
        const std::string why = first_line_of_git(done.value().err);
        if (why.starts_with("not a git repository")) return no_repository(purpose);
        if (const std::string remedy = reason_of_git(done.value().err); remedy != why) return Failure{remedy};
        return Failure{"git refuses: " + why};
    }
    return Repository(without_line_end(out.substr(out.find('\n') + 1)), purpose);
}

Result<std::string> Repository::inside(const std::string& path) const {
    std::error_code failed;
    // The tree contains the link itself, so resolve only the links in the folders above it.
    const fs::path absolute = fs::absolute(path, failed).lexically_normal();
    const fs::path folder =
        failed ? absolute
               : fs::weakly_canonical(
                     absolute.has_filename() ? absolute.parent_path() : absolute.parent_path().parent_path(), failed);
    const fs::path name = absolute.has_filename() ? absolute.filename() : absolute.parent_path().filename();
    const fs::path whole = fs::is_directory(absolute, failed) ? fs::weakly_canonical(absolute, failed) : folder / name;
    const fs::path relative = whole.lexically_relative(top_);
    if (relative.empty() || *relative.begin() == "..")
        return Failure{fmt::format("{} lies outside the repository `{}`", path, fs::path(top_).filename().string())};
    return relative == "." ? "" : relative.generic_string();
}

bool Repository::is_in_another(const std::string& path) const {
    std::error_code failed;
    for (fs::path folder = fs::path(path).parent_path(); !folder.empty(); folder = folder.parent_path())
        if (fs::exists(fs::path(top_) / folder / ".git", failed)) return true;
    return false;
}

bool Repository::is_shallow() const {
    const auto answer = run({"rev-parse", "--is-shallow-repository"});
    return answer && answer.value().starts_with("true");
}

Failure Repository::no_head() const {
    if (const auto there = run({"rev-parse", "--git-dir"}); !there) return Failure{"git refuses: " + there.error()};
    const char* missing = purpose_ == Purpose::history ? "there is no history; commit the maps first"
                                                       : "there is no earlier version to compare with";
    const auto any = run({"rev-list", "--all", "--max-count=1"}),
               branch = run({"symbolic-ref", "--short", "--quiet", "HEAD"});
    if (any && !any.value().empty() && branch)
        return Failure{
            fmt::format("the branch `{}` has no commit yet, so {}", without_line_end(branch.value()), missing)};
    return Failure{fmt::format("this repository has no commit yet, so {}", missing)};
}

Result<Revision> Repository::resolve(const std::string& name) const {
    if (name.empty() || name.starts_with("-"))
        return Failure{
            fmt::format("`{}` is no revision: give a branch, a tag or a commit, such as `origin/main`", name)};
    // In two steps, because `:/text^{commit}` would look for that whole text. `^commit` means all but it.
    const auto find = [&](const std::string& word) -> Result<std::string> {
        const auto object = run({"rev-parse", "--verify", "--quiet", "--end-of-options", word});
        if (!object || object.value().starts_with("^")) return Failure{"no object"};
        return run(
            {"rev-parse", "--verify", "--quiet", "--end-of-options", without_line_end(object.value()) + "^{commit}"});
    };
    if (const auto found = find(name)) {
        if (found.value().empty()) return Failure{fmt::format("git does not say which commit `{}` is", name)};
        return Revision{without_line_end(found.value())};
    }
    if (!find("HEAD")) return no_head();
    if (find("origin/" + name))
        return Failure{fmt::format("there is no revision `{}` here; did you mean `origin/{}`?", name, name)};
    return no_revision(name);
}

Failure Repository::no_revision(const std::string& name) const {
    // A clone with --depth or --single-branch fetches one branch only, also later.
    const auto fetched = run({"config", "--get-all", "remote.origin.fetch"});
    const bool narrow = fetched && fetched.value().find("refs/heads/*:") == std::string::npos;
    const std::string widen = narrow ? "`git remote set-branches origin '*'`, then " : "";
    const std::string fetch =
        is_shallow() ? fmt::format("this clone is shallow{}: fetch more of it with {}`git fetch --unshallow` "
                                   "(`fetch-depth: 0` of actions/checkout)",
                                   narrow ? " and has not all branches" : "", widen)
                     : fmt::format("see `git branch -a`, or get it with {}`git fetch origin`", widen);
    return Failure{fmt::format("there is no revision `{}` here; {}", name, fetch)};
}

Result<std::vector<Revision>> Repository::merge_bases(const std::string& name) const {
    const auto revision = resolve(name);
    if (!revision) return Failure{revision.error()};
    const auto head = resolve("HEAD");
    if (!head) return Failure{head.error()};
    if (const auto found = run({"merge-base", "--all", "--end-of-options", revision.value().id, head.value().id})) {
        std::vector<Revision> bases;
        for_each_part(found.value(), '\n', [&](std::string_view id) { bases.push_back({std::string(id)}); });
        if (bases.empty()) return Failure{fmt::format("git does not say where HEAD and `{}` parted", name)};
        return bases;
    }
    if (is_shallow())
        return Failure{fmt::format("this clone is shallow and does not hold the commit where HEAD and `{}` parted; get "
                                   "it with `git fetch --unshallow` (`fetch-depth: 0` of actions/checkout)",
                                   name)};
    return Failure{fmt::format("HEAD and `{}` have no commit in common; compare two files: `vsm diff OLD NEW`", name)};
}

Result<Index> Repository::index(const std::vector<std::string>& files) const {
    std::vector<std::string> words{"ls-files", "-z", "-s", "-t", "--", ":(top)*.vsm"};
    for (const std::string& file : files) words.push_back(":(top,literal)" + file);
    const auto list = run(std::move(words));
    if (!list) return Failure{list.error()};
    Index index;
    for_each_part(list.value(), '\0', [&](std::string_view row) {
        // `H 100644 <object> 0<TAB><path>`; `S` is left out; a stage that is not 0 is one side of a conflict
        const std::size_t tab = row.find('\t');
        if (tab == std::string_view::npos || tab < 12 || row.substr(tab - 2, 2) != " 0" || row.substr(2, 3) == "160")
            return;
        const std::size_t object = row.find(' ', 2) + 1;
        index.emplace(std::string(row.substr(tab + 1)),
                      Tracked{std::string(row.substr(object, tab - 2 - object)), row.starts_with('S')});
    });
    return index;
}

Result<std::vector<Commit>> Repository::commits() const {
    const auto head = resolve("HEAD");
    if (!head) return Failure{head.error()};
    const auto log =
        run({"log", "-z", "--topo-order", "--reverse", "--format=%H%x01%P%x01%ad%x01%s", "--date=short",
             "--no-show-signature", "--no-notes", "--no-color", "--no-decorate", "--encoding=UTF-8", head.value().id});
    if (!log) return Failure{log.error()};
    std::vector<Commit> commits;
    std::unordered_map<std::string, std::size_t> places;
    for_each_part(log.value(), '\0', [&](std::string_view row) {
        const std::size_t parents = row.find('\x01'), date = row.find('\x01', parents + 1),
                          subject = row.find('\x01', date + 1);
        if (subject == std::string_view::npos) return;
        Commit commit{{std::string(row.substr(0, parents))},
                      {},
                      std::string(row.substr(date + 1, subject - date - 1)),
                      std::string(row.substr(subject + 1))};
        std::string_view ids = row.substr(parents + 1, date - parents - 1);
        while (!ids.empty()) {
            const std::size_t end = std::min(ids.find(' '), ids.size());
            if (const auto known = places.find(std::string(ids.substr(0, end))); known != places.end())
                commit.parents.push_back(known->second);
            ids.remove_prefix(std::min(end + 1, ids.size()));
        }
        places.emplace(commit.revision.id, commits.size());
        commits.push_back(std::move(commit));
    });
    if (commits.empty() || commits.back().revision != head.value())
        return Failure{"git does not list the commits up to HEAD"};
    return commits;
}

bool RevisionReader::is_there(const std::string& path) const {
    const auto found = tree_.look_up(path);
    const std::string object = found ? found.value() : "";
    if (lookups_ != nullptr) (*lookups_)[path] = object;
    return !object.empty();
}

std::variant<LoadedSource, ImportRefusal> RevisionReader::read_import(const std::string& from,
                                                                      const std::string& written) {
    const fs::path folder = fs::path(from).parent_path();
    fs::path root = folder;
    while (!root.empty() && !is_there((root / ".vsm.yaml").generic_string())) root = root.parent_path();
    if (written.find('\0') != std::string::npos) return ImportRefusal{false, "no such file"};
    const fs::path path = (folder / written).lexically_normal();
    const fs::path below = path.lexically_relative(root.empty() ? "." : root);
    if (fs::path(written).is_absolute() || below.empty() || *below.begin() == "..")
        return ImportRefusal{true, root.empty() ? "the repository"
                                                : fmt::format("the folder `{}`", root.filename().string())};
    auto text = tree_.read(path.generic_string(), lookups_);
    if (!text) return ImportRefusal{false, text.error()};
    return LoadedSource{path.generic_string(), std::move(text.value())};
}

}  // namespace vsm::cli
