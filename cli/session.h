// Common steps of commands: reads and compiles maps, and shows their diagnostics.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/args/common_options.h"
#include "cli/io/files.h"
#include "cli/workers/map_crew.h"

namespace vsm::cli {

struct CompiledMap {
    std::string path;
    std::optional<ir::CheckedModel> checked;
};

/// The maps of one run, compiled in threads.
class Session {
public:
    explicit Session(Links links) : links_(links) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Replaces the text of a file, by its displayed path; before `load`.
    void stand_in(const std::string& path, std::string text) { stand_ins_.emplace_back(path, std::move(text)); }

    /// Reads and compiles maps. Reports unreadable files and wrong `what_ifs` on standard error and returns false.
    bool load(const std::vector<std::string>& paths, const std::vector<std::string>& what_ifs = {});

    const std::vector<CompiledMap>& maps() const { return maps_; }
    /// The files that the ranges in a map's model are in.
    const SourceSet& sources_of(std::size_t map) const { return crew_->sources_of(map); }

    /// Calls `work` for each map, in threads; then keeps what it reported, in the order of the maps.
    void each_map(const std::function<void(std::size_t map, Diagnostics&)>& work);
    /// Keeps diagnostics about a map.
    void report(std::size_t map, std::vector<Diagnostic> diagnostics);
    const Diagnostics& diagnostics() const { return diagnostics_; }

    /// Prints the diagnostics to standard error. Returns whether one is an error.
    bool show_diagnostics(const CommonOptions& common);

private:
    struct MapText {
        std::string path, text;
    };
    /// A map as it was compiled, its diagnostics still in the files of the thread.
    struct Loaded {
        std::string failure;  ///< why it could not be read; empty if it could
        MapText as_written;   ///< kept for `what_ifs` only
        Diagnostics diagnostics;
    };

    bool prepare(const std::vector<std::string>& what_ifs);
    bool what_ifs_apply(const std::vector<Loaded>& loaded) const;
    bool what_ifs_keep_sound(std::vector<Loaded>& loaded);

    Links links_;
    std::vector<std::pair<std::string, std::string>> stand_ins_;
    std::vector<FoundMap> found_;
    std::unique_ptr<MapCrew> crew_;
    Diagnostics diagnostics_;
    std::vector<CompiledMap> maps_;
};

/// Prints `vsm: message` to standard error as one line that no terminal and no runner takes for a command.
void remark(const std::string& message);

/// The same, and returns exit_trouble.
int trouble(const std::string& message);

/// The map's own streams and futures of that name; all if the name is empty.
std::vector<ir::StreamId> streams_of(const ir::CheckedModel& model, const std::string& name);

/// The names of a map's own streams and futures.
std::vector<std::string> stream_names(const ir::CheckedModel& model);

/// Reports that no map has a stream of that name, with the closest name, and returns exit_trouble.
int no_such_stream(const Session& session, const std::string& name);

}  // namespace vsm::cli
