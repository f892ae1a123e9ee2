// A git repository: revisions, merge bases, the index and the commit graph. Read-only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/git/git_objects.h"
#include "compiler/compile.h"

namespace vsm::cli {

/// The full hash of a commit.
struct Revision {
    std::string id;
    bool operator==(const Revision&) const = default;
};

struct Commit {
    Revision revision;
    std::vector<std::size_t> parents;  ///< indices into the list, without those that a shallow clone lacks
    std::string date;                  ///< author date, 2026-11-20
    std::string subject;               ///< untrusted text
};

/// An entry of the index.
struct Tracked {
    std::string object;     ///< its hash, in hexadecimal digits
    bool left_out = false;  ///< a sparse checkout keeps it out of the work tree
};
using Index = std::map<std::string, Tracked>;  ///< by path from the top

/// What a repository is needed for; messages advise accordingly.
enum class Purpose { diff, history };

class Repository {
public:
    /// The repository that contains a folder. Fails without git, without a repository, and without a work tree.
    static Result<Repository> open(const std::string& folder, Purpose purpose);

    /// The absolute path of the work tree, with links resolved.
    const std::string& top() const { return top_; }

    /// A path relative to the top. Fails if it lies outside.
    Result<std::string> inside(const std::string& path) const;

    /// Whether a path from the top lies in a submodule or in another clone inside this one.
    bool is_in_another(const std::string& path) const;

    /// The commit that a revision names. Rejects names that begin with `-`.
    Result<Revision> resolve(const std::string& name) const;

    /// The merge bases of HEAD and a revision, best first; criss-cross merges have several.
    Result<std::vector<Revision>> merge_bases(const std::string& name) const;

    /// The index entries of all maps and of the given files, by path from the top.
    Result<Index> index(const std::vector<std::string>& files) const;

    Result<Tree> tree(const Revision& revision) const { return objects_.tree(revision.id); }
    const ObjectReader& objects() const { return objects_; }

    /// All ancestors of HEAD and HEAD itself, parents first, in topological order.
    Result<std::vector<Commit>> commits() const;

    /// Whether the clone lacks commits.
    bool is_shallow() const;

private:
    Repository(std::string top, Purpose purpose) : top_(std::move(top)), purpose_(purpose), objects_(top_) {}
    Result<std::string> run(std::vector<std::string> arguments) const;
    Failure no_head() const;
    Failure no_revision(const std::string& name) const;

    std::string top_;
    Purpose purpose_;
    ObjectReader objects_;
};

/// Reads imports at a revision: relative to the importing file and inside its root, the folder of the nearest
/// `.vsm.yaml` of that revision above it, else the whole repository.
class RevisionReader final : public SourceReader {
public:
    /// Adds every path it looks up to `lookups`.
    explicit RevisionReader(Tree tree, Lookups* lookups = nullptr) : tree_(std::move(tree)), lookups_(lookups) {}
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) override;

private:
    bool is_there(const std::string& path) const;

    Tree tree_;
    Lookups* lookups_;
};

}  // namespace vsm::cli
