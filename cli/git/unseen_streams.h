// Fills the files of a commit that do not compile or cannot be read with the streams that its parents had and nobody
// can see now. Reads nothing.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli/git/snapshot.h"

namespace vsm::cli {

class UnseenStreams {
public:
    using Files = std::map<std::string, std::shared_ptr<FileSnapshot>>;

    /// `snapshot` holds all files of the commit that compile, `unseen` the others, without streams.
    UnseenStreams(std::vector<const Snapshot*> parents, Lineages& lineages, const Snapshot& snapshot,
                  const Files& unseen);

    /// A map that does not compile holds the missing streams that it declares, and those that it had, as broken. Then a
    /// map that cannot be read keeps what it had, and if it changed, may hold every other missing stream: nothing is
    /// known of it, so its streams keep their figures.
    void place();

private:
    void place_declared();
    void place_broken(const std::string& path, FileSnapshot& file);
    void place_unread(const std::string& path, FileSnapshot& file);
    bool has_changed(const std::string& path, const FileSnapshot& file) const;
    bool was_in(const std::string& path, const FileSnapshot& file, const std::string& old_path,
                const FileSnapshot& old) const;
    void add_broken(StreamSnapshot stream, const std::string& path, FileSnapshot& file);
    bool take(const StreamSnapshot& stream) { return taken_.insert(lineages_.find(stream.lineage)).second; }

    const std::vector<const Snapshot*> parents_;
    Lineages& lineages_;
    const Snapshot& snapshot_;
    const Files& unseen_;
    std::set<std::size_t> taken_;  ///< lineages that are in a file
};

}  // namespace vsm::cli
