// Shares the maps of a run among threads. Each thread has files of its own; diagnostics are moved to common ones.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "cli/io/files.h"
#include "compiler/compile.h"

namespace vsm::cli {

/// What a thread reads and compiles maps with.
struct CrewMember {
    ImportReader reader;
    Workspace workspace{reader};

    /// Compiles a map in the workspace. Returns the memory of a large map's tree to the system.
    Compilation compile(const std::string& path, std::string text, Diagnostics& diagnostics);
};

class MapCrew {
public:
    /// At most `jobs` threads; 0 for one per processor. `maps` must outlive the crew.
    explicit MapCrew(const std::vector<FoundMap>& maps, std::size_t jobs = 0);

    /// For settings that all share; before `compile`.
    std::deque<CrewMember>& members() { return members_; }

    /// Calls `compile` once for each map, in several threads at the same time, and `done` in this one with the number
    /// of maps that are done.
    void compile(const std::function<void(std::size_t map, CrewMember&)>& compile,
                 std::function<void(std::size_t)> done = {});
    /// Calls `work` once for each map, in several threads at the same time.
    void each(const std::function<void(std::size_t map)>& work) const;

    /// Who compiled a map.
    const CrewMember& member_of(std::size_t map) const { return members_[member_of_[map]]; }
    /// The files that the ranges of a map are in.
    const SourceSet& sources_of(std::size_t map) const { return member_of(map).workspace.sources(); }

    /// Moves diagnostics of a map to the common files.
    void move(std::size_t map, std::vector<Diagnostic>& diagnostics);
    /// The common files: each that has a diagnostic once, whoever read it, unless it changed in between.
    const SourceSet& sources() const { return common_; }
    SourceSet take_sources() { return std::move(common_); }

private:
    void move(std::size_t member, SourceRange& range);
    FileId common(const SourceFile& source);

    const std::vector<FoundMap>& maps_;
    std::deque<CrewMember> members_;
    std::vector<std::size_t> member_of_;  ///< by map
    SourceSet common_;
    std::multimap<std::string, FileId> common_files_;  ///< by path
    std::vector<std::vector<FileId>> moved_;           ///< by member and its file; invalid until needed
};

}  // namespace vsm::cli
