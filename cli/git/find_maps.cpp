#include "cli/git/find_maps.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>

#include "base/text.h"
#include "cli/git/git_command.h"
#include "cli/git/git_objects.h"
#include "cli/io/files.h"
#include "config/patterns.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

/// The .gitignore files from the repository root down to a folder.
class Ignored {
public:
    /// Adds the patterns of a folder; `inside` is its path from the root.
    Result<bool> enter(const fs::path& folder, const std::string& inside) {
        auto patterns = read(folder / ".gitignore");
        if (!patterns) return Failure{patterns.error()};
        levels_.push_back({inside.empty() ? 0 : inside.size() + 1, std::move(patterns.value())});
        return true;
    }
    void leave() { levels_.pop_back(); }

    /// Adds `info/exclude` of the git directory, which has the lowest precedence. Worktrees share that of their
    /// repository.
    Result<bool> enter_own(const fs::path& repository) {
        const auto git = git_folder(repository);
        if (!git) return true;
        const auto common = read_file((*git / "commondir").string(), Links::held);
        const std::string shared =
            common && common.value() ? common.value()->substr(0, common.value()->find('\n')) : "";
        auto patterns = read((*git / shared).lexically_normal() / "info/exclude");
        if (!patterns) return Failure{patterns.error()};
        levels_.push_back({0, std::move(patterns.value())});
        return true;
    }

    bool holds(std::string_view inside, bool is_folder) const {
        for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
            if (const auto found = level->patterns.find(inside.substr(level->above), is_folder)) return *found;
        return false;
    }

private:
    struct Level {
        std::size_t above;  ///< length of the path prefix that the patterns do not see
        config::Patterns patterns;
    };

    /// Like git, reads only regular files, since a link may lead anywhere.
    static Result<config::Patterns> read(const fs::path& path) {
        std::error_code none;
        if (!fs::is_regular_file(fs::symlink_status(path, none))) return config::Patterns();
        auto text = read_file(path.string(), Links::held);
        if (!text) return Failure{text.error()};
        return config::Patterns::from_lines(text.value().value_or(""));
    }

    std::vector<Level> levels_;
};

/// Walks a folder of the command line.
class Walk {
public:
    Walk(FoundMap named, Links links)
        : named_(std::move(named.path)), folder_(std::move(named.real)), top_(repository_of(folder_)), links_(links) {}

    Result<std::vector<FoundMap>> maps() {
        if (auto entered = enter_from_top(); !entered) return Failure{entered.error()};
        if (auto walked = below(named_ == "." ? fs::path() : fs::path(named_), folder_); !walked)
            return Failure{walked.error()};
        if (passed_over_)
            if (auto added = add_tracked_of_ignored(); !added) return Failure{added.error()};
        sort();
        if (!found_.empty()) return std::move(found_);
        return Failure{fmt::format("there is no map (*.vsm) in {}{}", named_ == "." ? "this folder" : named_,
                                   passed_over_ ? "; what .gitignore files name was passed over" : "")};
    }

    Result<std::vector<FoundMap>> tracked_maps() {
        if (auto added = add_tracked(); !added) return cannot_ask(added.error());
        sort();
        return std::move(found_);
    }

    /// What the user should know about maps that were not found.
    const std::set<std::string>& notes() const { return not_read_; }

private:
    Failure cannot_ask(const std::string& why) const {
        return Failure{
            fmt::format("cannot ask git which maps it tracks in {}: {}", named_ == "." ? "this folder" : named_, why)};
    }

    /// Without a repository, no map is tracked. In one that git refuses, or without git, it is unknown which of the
    /// ignored maps are.
    Result<bool> add_tracked_of_ignored() {
        auto added = add_tracked();
        if (added) return added;
        if (!may_track()) return true;
        if (git_runs_ && !added.error().starts_with("not a git repository")) return cannot_ask(added.error());
        not_read_.insert(fmt::format("{}; maps that .gitignore files name are passed over, also if git tracks them",
                                     cannot_ask(added.error()).message));
        return true;
    }

    /// Whether there is an index, as far as one sees without git. A `.git` that is a file leads to one.
    bool may_track() const {
        std::error_code none;
        const fs::path git = top_ / ".git";
        return fs::is_directory(git, none) ? fs::exists(git / "index", none) : fs::exists(git, none);
    }

    /// Tracked maps belong to the repository even if an ignore pattern matches them.
    Result<bool> add_tracked() {
        const auto list = run_git(folder_.string(), {"ls-files", "-z", "--", "*.vsm"});
        git_runs_ = bool(list);
        if (!list) return Failure{list.error()};
        if (list.value().exit != 0) return Failure{reason_of_git(list.value().err)};
        std::string_view left = list.value().out;
        while (!left.empty()) {
            const fs::path path = left.substr(0, left.find('\0'));
            left.remove_prefix(std::min(path.native().size() + 1, left.size()));
            std::error_code none;
            const fs::path folder = (folder_ / path).parent_path();
            if (is_map_in_sight(path.native()) && fs::canonical(folder, none) == folder)
                add(folder_ / path, named_ == "." ? path : fs::path(named_) / path);
        }
        return true;
    }

    /// Adds a regular file, or a link to one that may be read.
    void add(const fs::path& path, const fs::path& shown) {
        std::error_code none;
        const bool link = fs::is_symlink(path, none);
        const fs::file_status status = fs::status(path, none);
        if (!fs::is_regular_file(status)) {
            if (link && !fs::exists(status)) pass_over(shown, "it is a link to nothing");
            if (fs::exists(status) && !fs::is_directory(status)) pass_over(shown, what_instead(status));
            return;
        }
        const fs::path real = link ? fs::canonical(path, none) : path;
        const bool meant = links_ == Links::followed || is_held_by(top_, real);
        if (!meant)
            pass_over(shown, fmt::format("it is a link that leads out of {}; `--follow` reads it",
                                         fs::exists(top_ / ".git", none) ? "the repository" : "the folder"));
        if (!real.empty() && meant && seen_.insert(shown.string()).second)
            found_.push_back({shown.string(), real.string()});
    }

    static std::string_view what_instead(const fs::file_status& status) {
        return fs::is_fifo(status)     ? "it is a pipe, not a file"
               : fs::is_socket(status) ? "it is a socket, not a file"
                                       : "it is a device, not a file";
    }

    void pass_over(const fs::path& shown, std::string_view why) {
        not_read_.insert(fmt::format("{} is passed over: {}", printable(shown.string()), why));
    }

    /// Sorts by path. A file that is found itself is not also found by its links.
    void sort() {
        std::set<std::string> files;
        for (const FoundMap& one : found_)
            if (!is_link(one)) files.insert(one.real);
        std::erase_if(found_, [&](const FoundMap& one) { return is_link(one) && files.contains(one.real); });
        std::sort(found_.begin(), found_.end(), [](const FoundMap& a, const FoundMap& b) { return a.path < b.path; });
    }
    static bool is_link(const FoundMap& one) { return cli::is_link(one.path); }

    std::string inside(const fs::path& path) const {
        const std::string text = path.lexically_relative(top_).generic_string();
        return text == "." ? std::string() : text;
    }

    /// Adds the ignore patterns of the folders above the walked one.
    Result<bool> enter_from_top() {
        if (auto entered = ignored_.enter_own(top_); !entered) return entered;
        fs::path at = top_;
        for (const fs::path& name : folder_.lexically_relative(top_)) {
            if (name == ".") break;
            if (auto entered = ignored_.enter(at, inside(at)); !entered) return entered;
            at /= name;
        }
        return true;
    }

    Result<bool> below(const fs::path& shown, const fs::path& folder) {
        if (auto entered = ignored_.enter(folder, inside(folder)); !entered) return entered;
        std::error_code failed;
        std::vector<fs::path> folders;
        auto at = fs::directory_iterator(folder, failed);
        for (; !failed && at != fs::directory_iterator(); at.increment(failed)) look_at(*at, shown, folders);
        if (failed)
            return Failure{
                fmt::format("cannot read the folder {}: {}", shown.empty() ? "." : shown.string(), failed.message())};
        for (const fs::path& one : folders)
            if (auto walked = below(shown / one.filename(), one); !walked) return walked;
        ignored_.leave();
        return true;
    }

    void look_at(const fs::directory_entry& entry, const fs::path& shown, std::vector<fs::path>& folders) {
        const std::string name = entry.path().filename().string();
        std::error_code none;
        const bool link = entry.is_symlink(none), folder = !link && entry.is_directory(none);
        if (folder ? name.starts_with(".") : !name.ends_with(".vsm")) return;
        if (ignored_.holds(inside(entry.path()), folder)) {
            passed_over_ = true;
        } else if (folder) {
            folders.push_back(entry.path());
        } else {
            add(entry.path(), shown / name);
        }
    }

    std::string named_;
    fs::path folder_, top_;
    Links links_;
    Ignored ignored_;
    std::vector<FoundMap> found_;
    std::set<std::string> seen_;  ///< their displayed paths
    bool passed_over_ = false;    ///< by an ignore pattern
    bool git_runs_ = true;
    std::set<std::string> not_read_;  ///< messages
};

Result<std::vector<FoundMap>> maps_behind(const std::string& path, Links links, Which which,
                                          std::vector<std::string>& passed_over) {
    auto map = named_map(path, links);
    if (!map) return Failure{map.error()};
    if (path == "-" || !is_folder(map.value().real)) return std::vector<FoundMap>{std::move(map.value())};
    Walk walk(std::move(map.value()), links);
    auto maps = which == Which::tracked ? walk.tracked_maps() : walk.maps();
    for (const std::string& line : walk.notes())
        if (std::find(passed_over.begin(), passed_over.end(), line) == passed_over.end()) passed_over.push_back(line);
    return maps;
}

}  // namespace

FoundMap map_at(const std::string& path) {
    std::error_code failed;
    fs::path real = path;
    // a relative path that does not exist has no canonical form, so make it absolute first
    if (path != "-") real = fs::absolute(real, failed);
    if (path != "-" && !failed) real = fs::weakly_canonical(real, failed);
    return {path, failed ? path : real.string()};
}

Result<FoundMap> named_map(const std::string& path, Links links) {
    if (path == "-") return FoundMap{path, path};
    if (path.empty()) return Failure{"a path is empty; `.` is this folder"};
    // `/dev/stdin`, or the `/dev/fd/63` of a process substitution
    auto real = path.starts_with("/dev/") ? real_path(path, links, "what is not a file is read as `-`")
                                          : real_path(path, links);
    if (real) return FoundMap{path, std::move(real.value())};
    return Failure{fmt::format("cannot read {}: {}", path, real.error())};
}

Result<std::vector<FoundMap>> find_maps(const std::vector<std::string>& paths, Links links, Which which) {
    std::vector<std::string> passed_over;
    return find_maps(paths, links, which, passed_over);
}

Result<std::vector<FoundMap>> find_maps(const std::vector<std::string>& paths, Links links, Which which,
                                        std::vector<std::string>& passed_over) {
    std::vector<FoundMap> all;
    std::set<std::string> seen;
    for (const std::string& path : paths) {
        auto maps = maps_behind(path, links, which, passed_over);
        if (!maps) return maps;
        for (FoundMap& map : maps.value())
            if (seen.insert(map.real).second) all.push_back(std::move(map));
    }
    return all;
}

}  // namespace vsm::cli
