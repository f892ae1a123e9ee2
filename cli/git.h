// What git knows of the maps of a repository: files as they were at a revision, and the commits that changed them. Reads only, runs git
// without a shell, and lets nothing that a repository configures run. Knows no maps.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "compiler/compile.h"

namespace vsm::cli {

/// A commit's name in full.
struct Revision {
    std::string id;
    bool operator==(const Revision&) const = default;
};

struct Commit {
    Revision revision;
    std::string date;     ///< 2026-11-20, of the author
    std::string subject;  ///< as it is: anybody's text
    std::string path;     ///< of the file that was followed, as it was called then; empty for folders
};

/// The files of a revision, read one by one when they are asked for.
class Tree {
public:
    struct Entry {
        std::string object;
        bool link = false;
    };

    /// Regular files and links by path from the top of the repository.
    const std::map<std::string, Entry>& entries() const { return entries_; }

    /// A file's bytes, where a link leads inside the tree followed. Says why not.
    Result<std::string> read(const std::string& path);

private:
    friend class Repository;
    class Reader;
    std::map<std::string, Entry> entries_;
    std::shared_ptr<Reader> reader_;
};

class Repository {
public:
    /// The repository that a folder lies in. Says what is missing: git, a repository, a work tree.
    static Result<Repository> open(const std::string& folder);

    /// The absolute path of its work tree, links resolved.
    const std::string& top() const { return top_; }

    /// A file's path from the top; says that it lies outside.
    Result<std::string> inside(const std::string& path) const;

    /// Whether a path from the top lies in a repository of its own below it: a submodule, or a clone in a clone.
    bool is_in_another(const std::string& path) const;

    /// The commit that a name means. Refuses what begins with `-`.
    Result<Revision> resolve(const std::string& name) const;

    /// Where HEAD and a revision parted.
    Result<Revision> merge_base(const std::string& name) const;

    Result<Tree> tree(const Revision& revision) const;

    /// The last commits that changed a map at one of the paths (from the top; a file is followed through its renames), oldest first.
    Result<std::vector<Commit>> commits(const std::string& path, bool is_file, std::size_t last) const;

    /// Whether it was cloned without all of its commits.
    bool is_shallow() const;

private:
    Result<std::string> run(std::vector<std::string> arguments) const;

    std::string top_;
};

/// Reads imports as they were at a revision: relative to the importing file and inside its root, the folder of the nearest `.vsm.yaml` of
/// that revision above it, else the whole repository.
class RevisionReader final : public SourceReader {
public:
    explicit RevisionReader(Tree& tree) : tree_(tree) {}
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) override;

private:
    Tree& tree_;
};

}  // namespace vsm::cli
