#include "cli/git/unseen_streams.h"

#include <algorithm>
#include <utility>

namespace vsm::cli {
namespace {

using State = MeasuredMap::State;

}  // namespace

UnseenStreams::UnseenStreams(std::vector<const Snapshot*> parents, Lineages& lineages, const Snapshot& snapshot,
                             const Files& unseen)
    : parents_(std::move(parents)), lineages_(lineages), snapshot_(snapshot), unseen_(unseen) {
    for (const auto& [path, file] : snapshot.files())
        for (const StreamSnapshot& one : file->streams) take(one);
}

void UnseenStreams::place() {
    place_declared();
    for (const auto& [path, file] : unseen_)
        if (file->map->state == State::broken) place_broken(path, *file);
    for (const auto& [path, file] : unseen_)
        if (file->map->state == State::unread) place_unread(path, *file);
    for (const auto& [path, file] : unseen_) {
        if (file->map->state != State::unread || !has_changed(path, *file)) continue;
        for (const Snapshot* parent : parents_)
            for (const auto& [old_path, old] : parent->files())
                for (StreamSnapshot one : old->streams) {
                    if (one.sketch.name.empty() || !take(one)) continue;
                    one.unread = one.lost = true;
                    file->streams.push_back(std::move(one));
                }
    }
}

/// In the file where it was, if that declares it, else in any that does.
void UnseenStreams::place_declared() {
    for (const bool same_file : {true, false})
        for (const auto& [path, file] : unseen_) {
            if (file->map->declared.empty()) continue;
            for (const Snapshot* parent : parents_)
                for (const auto& [old_path, old] : parent->files()) {
                    if (same_file && !was_in(path, *file, old_path, *old)) continue;
                    for (const StreamSnapshot& one : old->streams)
                        if (file->map->declared.contains(one.sketch.name) && take(one)) add_broken(one, path, *file);
                }
        }
}

void UnseenStreams::place_broken(const std::string& path, FileSnapshot& file) {
    for (const Snapshot* parent : parents_)
        for (const auto& [old_path, old] : parent->files()) {
            if (!was_in(path, file, old_path, *old)) continue;
            for (const StreamSnapshot& one : old->streams)
                if ((!one.sketch.name.empty() || file.streams.empty()) && take(one)) add_broken(one, path, file);
        }
    if (file.streams.empty()) {
        StreamSnapshot none;
        none.lineage = lineages_.add();
        add_broken(std::move(none), path, file);
    }
}

void UnseenStreams::place_unread(const std::string& path, FileSnapshot& file) {
    for (const Snapshot* parent : parents_) {
        const auto old = parent->files().find(path);
        if (old == parent->files().end()) continue;
        for (StreamSnapshot one : old->second->streams) {
            if (one.sketch.name.empty() || !take(one)) continue;
            one.unread = true;
            file.streams.push_back(std::move(one));
        }
    }
}

/// Whether its content is in no parent's file of that path.
bool UnseenStreams::has_changed(const std::string& path, const FileSnapshot& file) const {
    return std::none_of(parents_.begin(), parents_.end(), [&](const Snapshot* parent) {
        const auto old = parent->files().find(path);
        return old != parent->files().end() && old->second->map == file.map;
    });
}

/// In the same file, or in one with the same text that is gone.
bool UnseenStreams::was_in(const std::string& path, const FileSnapshot& file, const std::string& old_path,
                           const FileSnapshot& old) const {
    if (old_path == path) return true;
    return old.map == file.map && !unseen_.contains(old_path) && !snapshot_.files().contains(old_path);
}

void UnseenStreams::add_broken(StreamSnapshot stream, const std::string& path, FileSnapshot& file) {
    stream.sketch.path = path;
    stream.value = broken;
    stream.figures = nullptr;
    stream.unread = stream.lost = false;
    file.streams.push_back(std::move(stream));
}

}  // namespace vsm::cli
