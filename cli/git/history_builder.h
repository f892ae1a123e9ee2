// Builds stream histories from snapshots: the commits at which a stream changed, moved or ended, and whether HEAD
// descends from that value.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "cli/git/followed_files.h"
#include "cli/git/forked_streams.h"
#include "cli/git/snapshot.h"
#include "runtime/reports/history/history.h"

namespace vsm::cli {

class HistoryBuilder {
public:
    HistoryBuilder(const std::vector<Commit>& commits, const Followed& followed, const Lineages& lineages)
        : commits_(commits), followed_(followed), lineages_(lineages) {}

    /// Adds a commit; parents come before their children. `before` holds the snapshots of its parents, in order.
    void add(std::size_t commit, const Snapshot& snapshot, const std::vector<const Snapshot*>& before);

    /// Adds a fork, before its commit: what the branch made of the copy belongs to the new lineage.
    void add(Fork fork) { forks_.push_back(std::move(fork)); }

    /// Whether a stream was ever in the file at a path.
    bool was_at(std::size_t lineage, const std::string& path) { return tracks_[lineage].paths.contains(path); }

    /// The histories of all streams that were ever at the requested path, sorted by file and name.
    std::vector<runtime::StreamHistory> take(const Snapshot& head);

private:
    /// The history of one lineage.
    struct Track {
        struct Point {
            std::size_t commit;
            std::size_t value;
            std::string path;
            const MeasuredMap::Stream* figures;
        };
        std::vector<Point> points;
        std::vector<runtime::StreamHistory::Move> moves;
        std::string name, title;  ///< most recent
        std::set<std::string> paths;
        bool requested = false;
    };

    void add(std::size_t commit, const StreamSnapshot& one, const std::vector<const Snapshot*>& before);
    void add_end(std::size_t commit, const StreamSnapshot& one, const std::vector<const Snapshot*>& before);
    void add_merge(std::size_t commit, const Snapshot& snapshot, const std::vector<const Snapshot*>& before);
    const StreamSnapshot* before_of(std::size_t commit, std::size_t lineage, const std::vector<const Snapshot*>& before,
                                    std::size_t parent) const;
    std::vector<bool> ancestors_of(std::vector<std::size_t> commits) const;
    void apply(const Fork& fork);
    void settle(std::size_t commit, const StreamSnapshot& stream);
    void apply_forks(const Snapshot& head);
    bool was_requested(const Track& track) const;
    std::vector<bool> kept_of(std::size_t lineage, std::size_t at) const;
    static runtime::StreamHistory history_of(const Track& track, const std::vector<bool>& kept);

    const std::vector<Commit>& commits_;
    const Followed& followed_;
    const Lineages& lineages_;
    std::vector<Fork> forks_;
    std::map<std::size_t, Track> tracks_;  ///< by lineage
    /// By merge commit: a lineage, and the parents with the same value.
    std::map<std::size_t, std::vector<std::pair<std::size_t, std::vector<std::size_t>>>> choices_;
};

}  // namespace vsm::cli
