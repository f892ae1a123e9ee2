// The followed maps at one commit: their files, their streams, and the lineage of each stream across commits. Does
// not run git.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/git/map_cache.h"

namespace vsm::cli {

/// Union-find over stream lineages: two numbers are joined once they turn out to be the same stream.
class Lineages {
public:
    std::size_t add() {
        up_.push_back(up_.size());
        return up_.back();
    }
    std::size_t find(std::size_t one) const {
        while (up_[one] != one) one = up_[one];
        return one;
    }
    void join(std::size_t a, std::size_t b) {
        const std::size_t one = find(a), other = find(b);
        if (one == other) return;
        up_[std::max(one, other)] = std::min(one, other);
        ++joins_;
    }
    std::size_t joins() const { return joins_; }

private:
    std::vector<std::size_t> up_;
    std::size_t joins_ = 0;
};

inline constexpr std::size_t absent = static_cast<std::size_t>(-1);  ///< the value of a stream that does not exist
inline constexpr std::size_t broken =
    static_cast<std::size_t>(-2);  ///< the value of a stream whose map does not compile

/// A stream at a commit.
struct StreamSnapshot {
    runtime::StreamSketch sketch;  ///< as of the last commit at which its map compiled; no name if it never did
    std::size_t lineage = absent;
    std::size_t value = absent;
    const MeasuredMap::Stream* figures = nullptr;
    bool unread = false;  ///< the rest is as of the last commit at which its file could be read
    bool lost = false;    ///< it is gone from its file, and may be in one that could not be read
};

struct FileSnapshot {
    MeasuredMapPtr map;
    std::vector<StreamSnapshot> streams;
};

/// All followed maps at a commit. Commits with equal content share one snapshot.
class Snapshot {
public:
    using Files = std::map<std::string, std::shared_ptr<const FileSnapshot>>;

    const Files& files() const { return files_; }
    void add(const std::string& path, std::shared_ptr<const FileSnapshot> file) {
        files_[path] = std::move(file);
        indexed_ = false;
    }

    const StreamSnapshot* find(std::size_t lineage, const Lineages& lineages) const {
        if (!indexed_ || joins_ != lineages.joins()) index(lineages);
        const auto found = streams_.find(lineages.find(lineage));
        return found == streams_.end() ? nullptr : found->second;
    }

private:
    void index(const Lineages& lineages) const {
        streams_.clear();
        for (const auto& [path, file] : files_)
            for (const StreamSnapshot& one : file->streams) streams_.emplace(lineages.find(one.lineage), &one);
        indexed_ = true;
        joins_ = lineages.joins();
    }

    Files files_;
    mutable std::map<std::size_t, const StreamSnapshot*> streams_;  ///< by lineage
    mutable bool indexed_ = false;
    mutable std::size_t joins_ = 0;  ///< of the lineages when the index was built
};

inline std::size_t value_of(const StreamSnapshot* one) { return one != nullptr ? one->value : absent; }

}  // namespace vsm::cli
