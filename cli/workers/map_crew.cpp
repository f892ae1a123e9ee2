#include "cli/workers/map_crew.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <utility>

#include "cli/workers/threads.h"

namespace vsm::cli {
namespace {

/// In bytes. The tree of such a map takes some ten megabytes.
constexpr std::size_t large_map = 1024 * 1024;

/// A dropped tree leaves its memory in pieces between those of the model, too small for the arrays of the figures,
/// which would take new memory.
void give_back_free_memory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

}  // namespace

Compilation CrewMember::compile(const std::string& path, std::string text, Diagnostics& diagnostics) {
    const bool large = text.size() >= large_map;
    Compilation made = workspace.compile(path, std::move(text), diagnostics);
    if (large) give_back_free_memory();
    return made;
}

MapCrew::MapCrew(const std::vector<FoundMap>& maps, std::size_t jobs) : maps_(maps), member_of_(maps.size(), 0) {
    const std::size_t count = workers_for(maps.size(), jobs);
    for (std::size_t i = 0; i < count; ++i) {
        CrewMember& member = members_.emplace_back();
        for (const FoundMap& map : maps) member.reader.add_map(map);
    }
    moved_.resize(count);
}

void MapCrew::compile(const std::function<void(std::size_t map, CrewMember&)>& compile,
                      std::function<void(std::size_t)> done) {
    SharedWork work;
    work.count = maps_.size();
    work.workers = members_.size();
    work.make = [&](std::size_t map, std::size_t worker) {
        member_of_[map] = worker;
        compile(map, members_[worker]);
    };
    work.name = [&](std::size_t map) { return maps_[map].path; };
    if (done) work.done = std::move(done);
    share_out(work);
}

void MapCrew::each(const std::function<void(std::size_t map)>& each) const {
    SharedWork work;
    work.count = maps_.size();
    work.workers = members_.size();
    work.make = [&](std::size_t map, std::size_t) { each(map); };
    work.name = [&](std::size_t map) { return maps_[map].path; };
    share_out(work);
}

void MapCrew::move(std::size_t map, std::vector<Diagnostic>& diagnostics) {
    const std::size_t member = member_of_[map];
    for (Diagnostic& one : diagnostics) {
        move(member, one.range);
        for (Label& label : one.labels) move(member, label.range);
        if (one.fix) move(member, one.fix->range);
    }
}

void MapCrew::move(std::size_t member, SourceRange& range) {
    if (!range.valid()) return;
    const SourceSet& own = members_[member].workspace.sources();
    std::vector<FileId>& moved = moved_[member];
    if (moved.size() < own.size()) moved.resize(own.size());
    FileId& file = moved[range.file.index];
    if (!file.valid()) file = common(own[range.file]);
    range.file = file;
}

FileId MapCrew::common(const SourceFile& source) {
    const auto [first, last] = common_files_.equal_range(source.path());
    for (auto known = first; known != last; ++known)
        if (common_[known->second].text() == source.text()) return known->second;
    const FileId added = common_.add(source).id();
    common_files_.emplace(source.path(), added);
    return added;
}

}  // namespace vsm::cli
