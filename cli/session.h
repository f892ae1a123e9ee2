// Common steps of commands: reads and compiles maps, and shows their diagnostics.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/args/common_options.h"
#include "cli/io/files.h"

namespace vsm::cli {

struct CompiledMap {
    std::string path;
    std::optional<ir::CheckedModel> checked;
};

/// The maps of one run, compiled in one workspace.
class Session {
public:
    explicit Session(Links links) : links_(links), workspace_(reader_) {}

    /// Replaces the text of a file, by its displayed path.
    void stand_in(const std::string& path, std::string text) { workspace_.stand_in(path, std::move(text)); }

    /// Reads and compiles maps. Reports unreadable files and wrong `what_ifs` on standard error and returns false.
    bool load(const std::vector<std::string>& paths, const std::vector<std::string>& what_ifs = {});

    const std::vector<CompiledMap>& maps() const { return maps_; }
    const SourceSet& sources() const { return workspace_.sources(); }
    Diagnostics& diagnostics() { return diagnostics_; }

    /// Prints the diagnostics to standard error. Returns whether one is an error.
    bool show_diagnostics(const CommonOptions& common);

private:
    struct MapText {
        std::string path, text;
    };

    bool add_what_ifs(const std::vector<std::string>& what_ifs);
    bool what_ifs_apply() const;
    bool what_ifs_keep_sound(std::vector<MapText> maps);

    Links links_;
    ImportReader reader_;
    Workspace workspace_;
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
