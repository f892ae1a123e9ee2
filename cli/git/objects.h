// The objects of a repository as git keeps them: trees, files and commits, read on demand, trees cached. Knows neither
// links nor changes. Private to cli/git.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "cli/git/git_command.h"
#include "compiler/parse/parse.h"

namespace vsm::cli {

inline constexpr std::size_t longest_path = 4096;  ///< PATH_MAX: no longer path can be a file
/// Limit for maps of a commit: a few trees nested in each other can stand for any number.
inline constexpr std::size_t most_maps = 100'000;

struct Item {
    enum class Kind { folder, file, link, submodule } kind;
    std::string name;
    std::string object;
};

/// Sorted by name, byte by byte.
using Folder = std::vector<Item>;

std::string hexadecimal(std::string_view bytes);
std::string joined(const std::string& folder, const std::string& name);
bool is_map(const Item& item);

/// Reads objects and caches trees.
class Objects {
public:
    explicit Objects(std::string folder) : folder_(std::move(folder)) {}

    /// An object by any name, at most `most` bytes of it. Fails if the clone lacks it, it is damaged, or git
    /// ends over and over.
    Result<std::string> read(const std::string& name, std::string_view type, std::size_t most);

    /// A file by its hash in hexadecimal digits.
    Result<std::string> file(const std::string& name) { return read(name, "blob", parse::most_bytes + 1); }

    Result<std::shared_ptr<const Folder>> folder(const std::string& object);

    /// The object of a commit's tree, by the commit's full hash.
    Result<std::string> root(const std::string& commit);

    /// Whether any `*.vsm` is below a folder.
    Result<bool> holds_maps(const std::string& object, std::size_t path_bytes);

    /// Calls `use(path, item)` for each `*.vsm` below a folder. Fails if the clone lacks an object or there are too
    /// many maps.
    template <class Use>
    std::optional<Failure> for_each_map(const std::string& object, const std::string& path, bool hidden,
                                        std::size_t& left, Use use) {
        const auto holds = holds_maps(object, path.size());
        if (!holds) return Failure{holds.error()};
        if (!holds.value()) return std::nullopt;
        const auto inside = folder(object);
        if (!inside) return Failure{inside.error()};
        for (const Item& item : *inside.value()) {
            if (!hidden && item.kind == Item::Kind::folder && item.name.starts_with(".")) continue;
            const std::string here = joined(path, item.name);
            if (here.size() > longest_path) continue;
            if (item.kind == Item::Kind::folder) {
                if (const auto failed = for_each_map(item.object, here, hidden, left, use)) return failed;
            } else if (is_map(item)) {
                if (left-- == 0) return Failure{fmt::format("there are over {} maps in a commit", most_maps)};
                use(here, item);
            }
        }
        return std::nullopt;
    }

    const std::string& top() const { return folder_; }

    /// Counts a read that failed for want of an object.
    Failure lack(std::string why) {
        ++lacking_;
        why_ = std::move(why);
        return Failure{why_};
    }
    /// The same for a path in a submodule.
    Failure lack_in_submodule(const std::string& submodule) {
        submodule_ = submodule;
        ++in_submodules_;
        return lack(fmt::format("it lies in the submodule `{}`, which has a history of its own", submodule));
    }
    std::size_t lacking() const { return lacking_; }
    std::size_t in_submodules() const { return in_submodules_; }
    const std::string& submodule() const { return submodule_; }
    const std::string& why_lacking() const { return why_; }

private:
    /// Nothing if git ended.
    std::optional<Result<std::string>> try_to_read(const std::string& name, std::string_view type, std::size_t most);
    Failure unreadable(const std::string& name, std::string_view what);
    bool is_partial();

    std::string folder_;
    std::unique_ptr<Child> child_;
    std::optional<bool> partial_;
    std::unordered_map<std::string, std::shared_ptr<const Folder>> folders_;
    std::unordered_map<std::string, bool> holds_maps_;
    std::unordered_map<std::string, std::string> unreadable_;  ///< why, by name: the answer never changes in a run
    std::size_t known_ = 0;
    std::size_t lacking_ = 0, in_submodules_ = 0;
    std::string submodule_;
    std::string why_;
};

}  // namespace vsm::cli
