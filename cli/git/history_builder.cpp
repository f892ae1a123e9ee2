#include "cli/git/history_builder.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace vsm::cli {
namespace {

using runtime::HistoryPoint;
using FilePtr = std::shared_ptr<const FileSnapshot>;

bool holds(const Snapshot& snapshot, const std::string& path, const FilePtr& file) {
    const auto found = snapshot.files().find(path);
    return found != snapshot.files().end() && found->second == file;
}

}  // namespace

void HistoryBuilder::add(std::size_t commit, const Snapshot& snapshot, const std::vector<const Snapshot*>& before) {
    for (const auto& [path, file] : snapshot.files()) {
        if (std::any_of(before.begin(), before.end(),
                        [&, &at = path, &it = file](const Snapshot* one) { return holds(*one, at, it); }))
            continue;
        for (const StreamSnapshot& one : file->streams) add(commit, one, before);
    }
    if (!before.empty())
        for (const auto& [path, file] : before.front()->files())
            for (const StreamSnapshot& one : file->streams)
                if (!one.sketch.name.empty() && snapshot.find(one.lineage, lineages_) == nullptr)
                    add_end(commit, one, before);
    if (before.size() > 1) add_merge(commit, snapshot, before);
}

void HistoryBuilder::add(std::size_t commit, const StreamSnapshot& one, const std::vector<const Snapshot*>& before) {
    bool changed = true, stays = false;
    std::string from;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const StreamSnapshot* was = before_of(commit, one.lineage, before, i);
        changed = changed && value_of(was) != one.value;
        if (was == nullptr) continue;
        stays = stays || was->sketch.path == one.sketch.path;
        if (from.empty()) from = was->sketch.path;
    }
    const bool moved = !stays && !from.empty();
    Track& track = tracks_[one.lineage];
    if (is_requested(followed_, one.sketch.path)) track.requested = true;
    if (moved) track.moves.push_back({commit, from, one.sketch.path});
    if (changed) track.points.push_back({commit, one.value, one.sketch.path, one.figures});
    track.name = one.sketch.name;
    track.title = one.sketch.title;
    track.paths.insert(one.sketch.path);
}

/// The stream existed at every parent and exists no longer.
void HistoryBuilder::add_end(std::size_t commit, const StreamSnapshot& one,
                             const std::vector<const Snapshot*>& before) {
    const bool everywhere = std::all_of(before.begin(), before.end(), [&](const Snapshot* parent) {
        return parent->find(one.lineage, lineages_) != nullptr;
    });
    if (everywhere) tracks_[one.lineage].points.push_back({commit, absent, one.sketch.path, nullptr});
}

/// Records which parents a merge agrees with, for every stream in which the merge and its parents differ.
void HistoryBuilder::add_merge(std::size_t commit, const Snapshot& snapshot,
                               const std::vector<const Snapshot*>& before) {
    std::set<std::size_t> differ;
    const auto add_of = [&](const Snapshot& some) {
        for (const auto& [path, file] : some.files()) {
            const bool shared =
                holds(snapshot, path, file) &&
                std::all_of(before.begin(), before.end(),
                            [&, &at = path, &it = file](const Snapshot* one) { return holds(*one, at, it); });
            if (shared) continue;
            for (const StreamSnapshot& one : file->streams) differ.insert(lineages_.find(one.lineage));
        }
    };
    for (const Snapshot* one : before) add_of(*one);
    add_of(snapshot);
    for (const std::size_t lineage : differ) {
        const StreamSnapshot* is = snapshot.find(lineage, lineages_);
        if (is != nullptr && is->unread) continue;
        std::vector<std::size_t> same;
        for (std::size_t i = 0; i < before.size(); ++i)
            if (value_of(before_of(commit, lineage, before, i)) == value_of(is))
                same.push_back(commits_[commit].parents[i]);
        choices_[commit].emplace_back(lineage, std::move(same));
    }
}

/// A stream at a parent, which may know a copy under the lineage that it is forked from.
const StreamSnapshot* HistoryBuilder::before_of(std::size_t commit, std::size_t lineage,
                                                const std::vector<const Snapshot*>& before, std::size_t parent) const {
    if (const StreamSnapshot* was = before[parent]->find(lineage, lineages_)) return was;
    for (const Fork& one : forks_) {
        if (one.commit != commit || lineages_.find(one.to) != lineages_.find(lineage)) continue;
        if (std::count(one.parents.begin(), one.parents.end(), commits_[commit].parents[parent]) > 0)
            return before[parent]->find(one.from, lineages_);
    }
    return nullptr;
}

/// Commits and their ancestors.
std::vector<bool> HistoryBuilder::ancestors_of(std::vector<std::size_t> commits) const {
    std::vector<bool> found(commits_.size());
    while (!commits.empty()) {
        const std::size_t commit = commits.back();
        commits.pop_back();
        if (found[commit]) continue;
        found[commit] = true;
        commits.insert(commits.end(), commits_[commit].parents.begin(), commits_[commit].parents.end());
    }
    return found;
}

bool HistoryBuilder::was_requested(const Track& track) const {
    return std::any_of(track.points.begin(), track.points.end(),
                       [&](const auto& one) { return is_requested(followed_, one.path); }) ||
           std::any_of(track.moves.begin(), track.moves.end(), [&](const auto& one) {
               return is_requested(followed_, one.from) || is_requested(followed_, one.to);
           });
}

/// Gives the new lineage what happened on the branch that had the copy and on no other.
void HistoryBuilder::apply(const Fork& fork) {
    std::vector<std::size_t> others;
    for (const std::size_t one : commits_[fork.commit].parents)
        if (std::count(fork.parents.begin(), fork.parents.end(), one) == 0) others.push_back(one);
    std::vector<bool> own = ancestors_of(fork.parents);
    const std::vector<bool> shared = ancestors_of(others);
    for (std::size_t i = 0; i < own.size(); ++i) own[i] = own[i] && !shared[i];
    const auto is_own = [&](const auto& one) { return own[one.commit]; };
    const std::size_t from = lineages_.find(fork.from);
    Track moved;
    for (auto& [lineage, track] : tracks_) {
        if (lineages_.find(lineage) != from) continue;
        std::copy_if(track.points.begin(), track.points.end(), std::back_inserter(moved.points), is_own);
        std::copy_if(track.moves.begin(), track.moves.end(), std::back_inserter(moved.moves), is_own);
        std::erase_if(track.points, is_own);
        std::erase_if(track.moves, is_own);
        track.requested = was_requested(track);
    }
    Track& track = tracks_[fork.to];
    track.points.insert(track.points.end(), moved.points.begin(), moved.points.end());
    track.moves.insert(track.moves.end(), moved.moves.begin(), moved.moves.end());
    track.requested = track.requested || was_requested(moved);
    for (auto& [commit, choices] : choices_)
        for (std::size_t i = 0, all = choices.size(); own[commit] && i < all; ++i)
            if (lineages_.find(choices[i].first) == from) choices.emplace_back(fork.to, choices[i].second);
}

/// After a fork each copy has a row with its figures, also if they are older than the fork.
void HistoryBuilder::settle(std::size_t commit, const StreamSnapshot& stream) {
    const std::vector<bool> kept = kept_of(lineages_.find(stream.lineage), commit);
    const Track::Point* last = nullptr;
    for (const auto& [lineage, track] : tracks_) {
        if (lineages_.find(lineage) != lineages_.find(stream.lineage)) continue;
        for (const Track::Point& one : track.points)
            if (kept[one.commit] && (last == nullptr || last->commit < one.commit)) last = &one;
    }
    if (last != nullptr && last->value == stream.value) return;
    Track& track = tracks_[stream.lineage];
    track.points.push_back({commit, stream.value, stream.sketch.path, stream.figures});
    track.requested = track.requested || is_requested(followed_, stream.sketch.path);
    if (track.name.empty()) track.name = stream.sketch.name, track.title = stream.sketch.title;
}

/// The commits that contribute to a stream's figures at a commit. Behind a merge these are the parents with the same
/// figures, if there are any, else all.
std::vector<bool> HistoryBuilder::kept_of(std::size_t lineage, std::size_t at) const {
    std::vector<bool> kept(commits_.size());
    std::vector<std::size_t> left{at};
    while (!left.empty()) {
        const std::size_t commit = left.back();
        left.pop_back();
        if (kept[commit]) continue;
        kept[commit] = true;
        const auto& parents = commits_[commit].parents;
        if (parents.empty()) continue;
        const std::vector<std::size_t>* from = &parents;
        if (const auto merge = choices_.find(commit); merge != choices_.end())
            for (const auto& [one, choice] : merge->second)
                if (lineages_.find(one) == lineage && !choice.empty()) from = &choice;
        left.insert(left.end(), from->begin(), from->end());
    }
    return kept;
}

void HistoryBuilder::apply_forks(const Snapshot& head) {
    for (const Fork& one : forks_) apply(one);
    for (const Fork& one : forks_) settle(one.commit, one.copy);
    for (const Fork& one : forks_)
        if (one.kept.lineage != absent) settle(one.commit, one.kept);
    // Another branch from before a fork may end at HEAD, too.
    for (const Fork& one : forks_)
        for (const std::size_t lineage : {one.from, one.to})
            if (const StreamSnapshot* is = head.find(lineage, lineages_); is != nullptr && !is->unread)
                settle(commits_.size() - 1, *is);
}

std::vector<runtime::StreamHistory> HistoryBuilder::take(const Snapshot& head) {
    apply_forks(head);
    std::map<std::size_t, Track> streams;
    for (auto& [lineage, track] : tracks_) {
        Track& all = streams[lineages_.find(lineage)];
        all.points.insert(all.points.end(), track.points.begin(), track.points.end());
        all.moves.insert(all.moves.end(), track.moves.begin(), track.moves.end());
        if (!track.name.empty()) all.name = track.name, all.title = track.title;
        all.requested = all.requested || track.requested;
    }
    const bool branches =
        std::any_of(commits_.begin(), commits_.end(), [](const Commit& one) { return one.parents.size() > 1; });
    std::vector<runtime::StreamHistory> all;
    for (auto& [lineage, track] : streams) {
        if (!track.requested || track.points.empty()) continue;
        std::sort(track.points.begin(), track.points.end(),
                  [](const auto& a, const auto& b) { return a.commit < b.commit; });
        std::sort(track.moves.begin(), track.moves.end(),
                  [](const auto& a, const auto& b) { return a.commit < b.commit; });
        all.push_back(history_of(track, branches ? kept_of(lineage, commits_.size() - 1)
                                                 : std::vector<bool>(commits_.size(), true)));
    }
    std::stable_sort(all.begin(), all.end(), [](const runtime::StreamHistory& a, const runtime::StreamHistory& b) {
        return std::tie(a.points.back().path, a.name) < std::tie(b.points.back().path, b.name);
    });
    return all;
}

runtime::StreamHistory HistoryBuilder::history_of(const Track& track, const std::vector<bool>& kept) {
    runtime::StreamHistory stream{track.name, track.title, {}, track.moves};
    for (const Track::Point& one : track.points) {
        HistoryPoint point{one.commit, HistoryPoint::State::measured, one.path, {}, {}, kept[one.commit]};
        if (one.value == broken) point.state = HistoryPoint::State::broken;
        if (one.value == absent) point.state = HistoryPoint::State::gone;
        if (one.figures != nullptr) point.calendar = one.figures->calendar, point.figures = one.figures->figures;
        stream.points.push_back(std::move(point));
    }
    return stream;
}

}  // namespace vsm::cli
