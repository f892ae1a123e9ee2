#include "cli/git/stream_history.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "cli/git/forked_streams.h"
#include "cli/git/history_builder.h"
#include "cli/git/unseen_streams.h"

namespace vsm::cli {
namespace {

using runtime::StreamSketch;

using Fresh = std::map<std::string, std::shared_ptr<FileSnapshot>>;  ///< files that differ from each parent's

class HistoryTracer {
public:
    HistoryTracer(const Repository& repository, std::vector<Commit> commits, const Followed& followed)
        : repository_(repository), commits_(std::move(commits)), followed_(followed), maps_(repository.objects()),
          builder_(commits_, followed_, lineages_), snapshots_(commits_.size()), unread_(commits_.size()),
          children_(commits_.size()) {
        for (const Commit& one : commits_)
            for (const std::size_t parent : one.parents) ++children_[parent];
    }

    Result<runtime::History> run() {
        for (const Commit& one : commits_) {
            auto tree = repository_.tree(one.revision);
            if (!tree) return Failure{tree.error()};
            trees_.push_back(std::move(tree.value()));
        }
        auto files = files_of(followed_, commits_, trees_, maps_);
        if (!files) return Failure{files.error()};
        files_ = std::move(files.value());
        for (std::size_t i = 0; i < commits_.size(); ++i) visit(i);
        runtime::History history;
        for (const Commit& one : commits_) history.commits.push_back({one.revision.id, one.date, one.subject});
        history.streams = builder_.take(*snapshots_.back());
        for (std::size_t i = 0; i < commits_.size(); ++i)
            if (unread_[i]) history.unread.push_back({i, *unread_[i]});
        return history;
    }

private:
    void visit(std::size_t commit) {
        const std::vector<std::size_t>& parents = commits_[commit].parents;
        if (parents.size() == 1 && trees_[parents.front()].is_same(trees_[commit])) {
            snapshots_[commit] = snapshots_[parents.front()];
        } else {
            visit_changed(commit);
        }
        for (const std::size_t parent : parents)
            if (--children_[parent] == 0) snapshots_[parent].reset();
    }

    void visit_changed(std::size_t commit) {
        auto snapshot = std::make_shared<Snapshot>();
        Fresh fresh;
        for (const std::string& path : files_) read(commit, path, *snapshot, fresh);
        follow(commit, *snapshot, fresh);
        add_fresh(commit, *snapshot, fresh);
        const std::vector<std::size_t>& parents = commits_[commit].parents;
        const bool same = std::all_of(parents.begin(), parents.end(),
                                      [&](std::size_t one) { return snapshots_[one]->files() == snapshot->files(); });
        if (same && !parents.empty()) {
            snapshots_[commit] = snapshots_[parents.front()];
            return;
        }
        snapshots_[commit] = snapshot;
        std::vector<const Snapshot*> before;
        for (const std::size_t one : parents) before.push_back(snapshots_[one].get());
        builder_.add(commit, *snapshot, before);
        note_apart(*snapshot, fresh);
    }

    /// Adds the files that are new or changed. What those hold that do not compile depends on the others.
    void add_fresh(std::size_t commit, Snapshot& snapshot, const Fresh& fresh) {
        Fresh unseen;
        for (const auto& [path, file] : fresh) {
            if (file->map->state == MeasuredMap::State::measured)
                snapshot.add(path, file);
            else
                unseen.emplace(path, file);
        }
        if (unseen.empty()) return;
        std::vector<const Snapshot*> before;
        for (const std::size_t one : commits_[commit].parents) before.push_back(snapshots_[one].get());
        UnseenStreams(std::move(before), lineages_, snapshot, unseen).place();
        for (const auto& [path, file] : unseen) snapshot.add(path, as_before(commit, path, file));
    }

    /// Shares files that are unchanged since a parent. The streams of one that does not compile or cannot be read
    /// depend on the other files.
    void read(std::size_t commit, const std::string& path, Snapshot& snapshot, Fresh& fresh) {
        MeasuredMapPtr map = maps_.at(trees_[commit], path);
        if (map == nullptr || stands_for_another(commit, path)) return;
        if (map->state == MeasuredMap::State::unread) unread_[commit] = map->reason;
        for (const std::size_t parent : commits_[commit].parents) {
            const auto found = snapshots_[parent]->files().find(path);
            if (found == snapshots_[parent]->files().end() || map->state != MeasuredMap::State::measured ||
                found->second->map != map)
                continue;
            snapshot.add(path, found->second);
            return;
        }
        auto file = std::make_shared<FileSnapshot>();
        for (const MeasuredMap::Stream& one : map->streams)
            file->streams.push_back({one.sketch_at(path), absent, one.value, &one});
        file->map = std::move(map);
        fresh.emplace(path, std::move(file));
    }

    /// A link to another followed file.
    bool stands_for_another(std::size_t commit, const std::string& path) const {
        const auto entry = trees_[commit].find(path);
        if (!entry || !entry.value() || !entry.value()->link) return false;
        const auto real = trees_[commit].follow(path);
        return real && real.value() != path && files_.contains(real.value());
    }

    /// Assigns lineages: pairs the streams of this commit with those of each parent.
    void follow(std::size_t commit, Snapshot& shared, Fresh& fresh) {
        for (const std::size_t parent : commits_[commit].parents) {
            const Snapshot& before = *snapshots_[parent];
            std::vector<const StreamSnapshot*> old;
            std::vector<StreamSnapshot*> own;  // of this commit
            std::vector<std::size_t> known;    // lineages of streams shared with another parent
            std::vector<StreamSketch> old_sketches, sketches;
            for (const auto& [path, file] : before.files()) {
                const auto same = shared.files().find(path);
                if (same != shared.files().end() && same->second == file) continue;
                const bool stays = is_unread(path, fresh);
                for (const StreamSnapshot& one : file->streams)
                    if (!one.sketch.name.empty() && (one.lost || !stays))
                        old.push_back(&one), old_sketches.push_back(one.sketch);
            }
            for (auto& [path, file] : fresh)
                for (StreamSnapshot& one : file->streams) own.push_back(&one), sketches.push_back(one.sketch);
            for (const auto& [path, file] : shared.files()) {
                const auto same = before.files().find(path);
                if (same != before.files().end() && same->second == file) continue;
                for (const StreamSnapshot& one : file->streams)
                    if (!one.sketch.name.empty()) known.push_back(one.lineage), sketches.push_back(one.sketch);
            }
            const auto same_content = [&](std::size_t a, std::size_t b) {
                return b < own.size() && old[a]->value == own[b]->value &&
                       old_sketches[a].elements == sketches[b].elements;
            };
            const auto pairs = runtime::pair_by_name(old_sketches, sketches, same_content);
            for (std::size_t i = 0; i < old.size(); ++i) {
                if (!pairs[i]) continue;
                std::size_t& lineage = *pairs[i] < own.size() ? own[*pairs[i]]->lineage : known[*pairs[i] - own.size()];
                if (lineage == absent)
                    lineage = old[i]->lineage;
                else
                    join(lineage, old[i]->lineage, commits_[commit].parents);
            }
        }
        if (commits_[commit].parents.size() > 1) fork(commit, shared, fresh);
        settle_births(commit, shared, fresh);
    }

    static bool is_unread(const std::string& path, const Fresh& fresh) {
        const auto found = fresh.find(path);
        return found != fresh.end() && found->second->map->state == MeasuredMap::State::unread;
    }

    void fork(std::size_t commit, Snapshot& shared, const Fresh& fresh) {
        for (Fork& one : fork_copies(commit, commits_[commit].parents, snapshots_, lineages_, shared, fresh)) {
            std::vector<std::size_t>& known = by_name_[{one.copy.sketch.of, one.copy.sketch.name}];
            if (std::find(known.begin(), known.end(), one.to) == known.end()) known.push_back(one.to);
            apart_.emplace(one.from, one.to);
            builder_.add(std::move(one));
        }
    }

    /// Streams without a counterpart at a parent get a new lineage, unless the same name was in the same file before.
    void settle_births(std::size_t commit, const Snapshot& shared, Fresh& fresh) {
        std::set<std::size_t> taken;
        for (const auto& [path, file] : fresh)
            for (const StreamSnapshot& one : file->streams)
                if (one.lineage != absent) taken.insert(lineages_.find(one.lineage));
        const auto is_free = [&](std::size_t lineage) {
            const auto& parents = commits_[commit].parents;
            return !taken.contains(lineages_.find(lineage)) && shared.find(lineage, lineages_) == nullptr &&
                   std::none_of(parents.begin(), parents.end(),
                                [&](std::size_t one) { return snapshots_[one]->find(lineage, lineages_) != nullptr; });
        };
        for (auto& [path, file] : fresh)
            for (StreamSnapshot& one : file->streams) {
                if (one.lineage != absent) continue;
                std::vector<std::size_t>& known = by_name_[{one.sketch.of, one.sketch.name}];
                for (const std::size_t lineage : known)
                    if (one.lineage == absent && is_free(lineage) && builder_.was_at(lineage, path))
                        one.lineage = lineage;
                if (one.lineage == absent) known.push_back(one.lineage = lineages_.add());
                taken.insert(lineages_.find(one.lineage));
            }
    }

    /// Joins two lineages, unless both existed side by side.
    void join(std::size_t a, std::size_t b, const std::vector<std::size_t>& parents) {
        const std::size_t one = lineages_.find(a), other = lineages_.find(b);
        if (one == other) return;
        const auto are_both = [&](const std::pair<std::size_t, std::size_t>& both) {
            const std::size_t c = lineages_.find(both.first), d = lineages_.find(both.second);
            return (c == one && d == other) || (c == other && d == one);
        };
        const bool apart = std::any_of(parents.begin(), parents.end(), [&](std::size_t parent) {
            return snapshots_[parent]->find(a, lineages_) != nullptr &&
                   snapshots_[parent]->find(b, lineages_) != nullptr;
        });
        if (!apart && std::none_of(apart_.begin(), apart_.end(), are_both)) lineages_.join(a, b);
    }

    /// Remembers lineages of one name that exist side by side.
    void note_apart(const Snapshot& snapshot, const Fresh& fresh) {
        for (const auto& [path, file] : fresh)
            for (const StreamSnapshot& one : file->streams)
                for (const std::size_t other : by_name_[{one.sketch.of, one.sketch.name}])
                    if (lineages_.find(other) != lineages_.find(one.lineage) &&
                        snapshot.find(other, lineages_) != nullptr)
                        apart_.emplace(lineages_.find(one.lineage), lineages_.find(other));
    }

    /// Shares a file that is not measured with a parent if both have the same streams.
    std::shared_ptr<const FileSnapshot> as_before(std::size_t commit, const std::string& path,
                                                  std::shared_ptr<FileSnapshot> file) const {
        const auto same = [](const StreamSnapshot& a, const StreamSnapshot& b) {
            return a.lineage == b.lineage && a.value == b.value;
        };
        for (const std::size_t parent : commits_[commit].parents) {
            const auto found = snapshots_[parent]->files().find(path);
            if (found == snapshots_[parent]->files().end() || found->second->map != file->map) continue;
            const auto& old = found->second->streams;
            if (std::equal(old.begin(), old.end(), file->streams.begin(), file->streams.end(), same))
                return found->second;
        }
        return file;
    }

    const Repository& repository_;
    const std::vector<Commit> commits_;
    const Followed& followed_;
    MapCache maps_;
    Lineages lineages_;
    HistoryBuilder builder_;
    std::vector<Tree> trees_;
    std::set<std::string> files_;
    std::vector<std::shared_ptr<const Snapshot>> snapshots_;
    std::vector<std::optional<std::string>> unread_;
    std::vector<std::size_t> children_;                    ///< of each commit, how many are still to be visited
    std::set<std::pair<std::size_t, std::size_t>> apart_;  ///< lineages of different streams
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>>
        by_name_;  ///< lineages by base and name of the stream
};

}  // namespace

Result<runtime::History> history_of(const Repository& repository, const Followed& followed) {
    auto commits = repository.commits();
    if (!commits) return Failure{commits.error()};
    return HistoryTracer(repository, std::move(commits.value()), followed).run();
}

Result<Committed> committed_at(const Repository& repository, const std::string& path) {
    const auto commits = repository.commits();
    if (!commits) return Failure{commits.error()};
    Committed found;
    for (auto commit = commits.value().rbegin(); commit != commits.value().rend() && !found.file; ++commit) {
        const auto tree = repository.tree(commit->revision);
        const auto entry = tree ? tree.value().find(path) : Result<std::optional<Tree::Entry>>(Failure{});
        const auto maps = tree ? tree.value().maps_below(path) : Result<std::vector<std::string>>(Failure{});
        found.file = entry && entry.value();
        found.maps = found.maps || (maps && !maps.value().empty());
        if (found.maps) break;
    }
    return found;
}

}  // namespace vsm::cli
