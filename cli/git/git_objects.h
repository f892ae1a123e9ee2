// Reads trees and files of any commit through one `git cat-file --batch` process, on demand. Recognizes maps by their
// names only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vsm::cli {

/// Paths that were looked up in a tree, and the object found at each; empty if there was none, `/` for a folder. A
/// result derived from these lookups is the same for every tree that gives the same answers.
using Lookups = std::map<std::string, std::string>;

/// A map's file in two trees.
struct ChangedFile {
    std::string path;
    std::string before, after;  ///< objects; empty if there is no file
};

/// The error for objects that a partial clone lacks, with the remedy.
inline constexpr const char* lacks_content =
    "this clone does not hold its content; get it with `git fetch --refetch --no-filter`";

/// Whether a path below a folder names a map outside hidden folders, as the folder walk finds them.
bool is_map_in_sight(std::string_view path);

class Objects;
struct Item;

/// The tree of a commit.
class Tree {
public:
    struct Entry {
        std::string object;  ///< its hash, as bytes
        bool link = false;
    };

    /// The regular file or link at a path from the top; nothing if there is neither.
    Result<std::optional<Entry>> find(const std::string& path) const;

    /// The object of the regular file or link at a path, `/` for a folder, empty for nothing.
    Result<std::string> look_up(const std::string& path) const;

    /// The path with all links resolved, whether or not it exists. Fails if a link leads out of the repository or the
    /// path is in a submodule.
    Result<std::string> follow(const std::string& path, Lookups* lookups = nullptr) const;

    /// The bytes of the file that a path leads to, at most one more than a map may have.
    Result<std::string> read(const std::string& path, Lookups* lookups = nullptr) const;

    /// The sorted paths, from the top, of all `*.vsm` below a folder, without those in hidden folders unless `hidden`.
    Result<std::vector<std::string>> maps_below(const std::string& folder, bool hidden = false) const;

    /// The `*.vsm` that differ between two trees, hidden ones too, sorted by path.
    Result<std::vector<ChangedFile>> maps_changed_since(const Tree& before) const;

    /// Whether every lookup has the same answer in this tree.
    bool answers(const Lookups& lookups) const;

    bool is_same(const Tree& other) const { return root_ == other.root_; }

private:
    friend class ObjectReader;
    Result<std::optional<Item>> item_at(const std::string& path) const;
    Tree(std::shared_ptr<Objects> objects, std::string root) : objects_(std::move(objects)), root_(std::move(root)) {}

    std::shared_ptr<Objects> objects_;
    std::string root_;
};

/// Reads objects of a clone. Copies share one process.
class ObjectReader {
public:
    /// Of the repository at a folder. Starts git on the first read.
    explicit ObjectReader(const std::string& folder);

    /// The tree of a commit, by its full hash.
    Result<Tree> tree(const std::string& commit) const;

    /// The bytes of a file, by the hash of its object in hexadecimal digits; at most one more than a map may have.
    Result<std::string> file(const std::string& object) const;

    /// How many reads failed because the clone lacks an object, and the reason of the last one.
    std::size_t lacking() const;
    const std::string& why_lacking() const;

    /// How many of them were in a submodule, and the path of the last one.
    std::size_t in_submodules() const;
    const std::string& submodule() const;

private:
    std::shared_ptr<Objects> objects_;
};

}  // namespace vsm::cli
