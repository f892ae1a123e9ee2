#include "cli/git/stream_history.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "cli/git/history_builder.h"

namespace vsm::cli {
namespace {

using runtime::StreamSketch;

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
        history.streams = builder_.take();
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
        std::map<std::string, std::shared_ptr<FileSnapshot>> fresh;
        for (const std::string& path : files_) read(commit, path, *snapshot, fresh);
        follow(commit, *snapshot, fresh);
        for (auto& [path, file] : fresh)
            if (file->map->state != MeasuredMap::State::broken) snapshot->add(path, file);
        for (auto& [path, file] : fresh) {
            if (file->map->state != MeasuredMap::State::broken) continue;
            carry(commit, path, *file, *snapshot);
            snapshot->add(path, as_before(commit, path, file));
        }
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
    }

    /// Shares files that are unchanged since a parent, and takes unreadable files to be unchanged. The streams of a
    /// broken file depend on the other files, so carry() finds them.
    void read(std::size_t commit, const std::string& path, Snapshot& snapshot,
              std::map<std::string, std::shared_ptr<FileSnapshot>>& fresh) {
        MeasuredMapPtr map = maps_.at(trees_[commit], path);
        if (map == nullptr || stands_for_another(commit, path)) return;
        const bool unread = map->state == MeasuredMap::State::unread;
        if (unread) unread_[commit] = map->reason;
        for (const std::size_t parent : commits_[commit].parents) {
            const auto found = snapshots_[parent]->files().find(path);
            if (found == snapshots_[parent]->files().end() || map->state == MeasuredMap::State::broken ||
                (!unread && found->second->map != map))
                continue;
            snapshot.add(path, found->second);
            return;
        }
        if (unread) return;
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
    void follow(std::size_t commit, const Snapshot& shared,
                std::map<std::string, std::shared_ptr<FileSnapshot>>& fresh) {
        for (const std::size_t parent : commits_[commit].parents) {
            const Snapshot& before = *snapshots_[parent];
            std::vector<const StreamSnapshot*> old;
            std::vector<StreamSnapshot*> own;  // of this commit
            std::vector<std::size_t> known;    // lineages of streams shared with another parent
            std::vector<StreamSketch> old_sketches, sketches;
            for (const auto& [path, file] : before.files()) {
                const auto same = shared.files().find(path);
                if (same != shared.files().end() && same->second == file) continue;
                for (const StreamSnapshot& one : file->streams)
                    if (!one.sketch.name.empty()) old.push_back(&one), old_sketches.push_back(one.sketch);
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
        settle_births(commit, shared, fresh);
    }

    /// Streams without a counterpart at a parent get a new lineage, unless the same name was in the same file before.
    void settle_births(std::size_t commit, const Snapshot& shared,
                       std::map<std::string, std::shared_ptr<FileSnapshot>>& fresh) {
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

    /// Joins two lineages, unless both exist side by side at a parent.
    void join(std::size_t a, std::size_t b, const std::vector<std::size_t>& parents) {
        if (lineages_.find(a) == lineages_.find(b)) return;
        const bool apart = std::any_of(parents.begin(), parents.end(), [&](std::size_t one) {
            return snapshots_[one]->find(a, lineages_) != nullptr && snapshots_[one]->find(b, lineages_) != nullptr;
        });
        if (!apart) lineages_.join(a, b);
    }

    /// A map that does not compile keeps the streams it had, or those of the parent's file with the same content,
    /// unless they exist elsewhere now.
    void carry(std::size_t commit, const std::string& path, FileSnapshot& file, const Snapshot& snapshot) {
        std::set<std::size_t> held;
        for (const std::size_t parent : commits_[commit].parents)
            for (const auto& [old_path, old] : snapshots_[parent]->files()) {
                const bool renamed = old->map == file.map && !maps_.at(trees_[commit], old_path);
                if (old_path != path && !renamed) continue;
                for (StreamSnapshot one : old->streams) {
                    if (snapshot.find(one.lineage, lineages_) != nullptr ||
                        !held.insert(lineages_.find(one.lineage)).second)
                        continue;
                    one.sketch.path = path;
                    one.value = broken;
                    one.figures = nullptr;
                    file.streams.push_back(std::move(one));
                }
            }
        if (file.streams.empty()) file.streams.push_back({runtime::StreamSketch{.path = path}, lineages_.add(), broken, nullptr});
    }

    /// Shares a broken file with a parent if both have the same streams.
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
    std::vector<std::size_t> children_;  ///< of each commit, how many are still to be visited
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
