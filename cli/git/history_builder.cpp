#include "cli/git/history_builder.h"

#include <algorithm>
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
    bool changed = true, moved = !before.empty();
    std::string from;
    for (const Snapshot* parent : before) {
        const StreamSnapshot* was = parent->find(one.lineage, lineages_);
        changed = changed && value_of(was) != one.value;
        moved = moved && was != nullptr && was->sketch.path != one.sketch.path;
        if (was != nullptr) from = was->sketch.path;
    }
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
        const std::size_t value = value_of(snapshot.find(lineage, lineages_));
        std::vector<std::size_t> same;
        for (std::size_t i = 0; i < before.size(); ++i)
            if (value_of(before[i]->find(lineage, lineages_)) == value) same.push_back(commits_[commit].parents[i]);
        choices_[commit].emplace_back(lineage, std::move(same));
    }
}

/// The commits that contribute to a stream's figures at HEAD. Behind a merge these are the parents with the same
/// figures, if there are any, else all.
std::vector<bool> HistoryBuilder::kept_of(std::size_t lineage) const {
    std::vector<bool> kept(commits_.size());
    std::vector<std::size_t> left{commits_.size() - 1};
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

std::vector<runtime::StreamHistory> HistoryBuilder::take() {
    std::map<std::size_t, Track> streams;
    for (auto& [lineage, track] : tracks_) {
        Track& all = streams[lineages_.find(lineage)];
        all.points.insert(all.points.end(), track.points.begin(), track.points.end());
        all.moves.insert(all.moves.end(), track.moves.begin(), track.moves.end());
        all.name = track.name;
        all.title = track.title;
        all.requested = all.requested || track.requested;
    }
    const bool branches =
        std::any_of(commits_.begin(), commits_.end(), [](const Commit& one) { return one.parents.size() > 1; });
    std::vector<runtime::StreamHistory> all;
    for (auto& [lineage, track] : streams) {
        if (!track.requested) continue;
        std::sort(track.points.begin(), track.points.end(),
                  [](const auto& a, const auto& b) { return a.commit < b.commit; });
        std::sort(track.moves.begin(), track.moves.end(),
                  [](const auto& a, const auto& b) { return a.commit < b.commit; });
        all.push_back(history_of(track, branches ? kept_of(lineage) : std::vector<bool>(commits_.size(), true)));
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
