// What the commands share: maps read, compiled and their diagnostics shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/files.h"
#include "cli/options.h"

namespace vsm::cli {

struct CompiledMap {
    std::string path;
    std::optional<ir::CheckedModel> checked;
};

/// The maps of one run, compiled in one workspace.
class Session {
public:
    explicit Session(Links links) : links_(links), workspace_(reader_) {}

    /// A text that stands in for that of a file, by the path it is shown by.
    void stand_in(const std::string& path, std::string text) { workspace_.stand_in(path, std::move(text)); }

    /// Reads and compiles. Says on the standard error what cannot be read, and then gives false.
    bool load(const std::vector<std::string>& paths, const std::vector<std::string>& what_ifs = {});

    const std::vector<CompiledMap>& maps() const { return maps_; }
    const SourceSet& sources() const { return workspace_.sources(); }
    Diagnostics& diagnostics() { return diagnostics_; }

    /// Prints the diagnostics on the standard error; gives whether there is an error among them.
    bool show_diagnostics(const CommonOptions& common);

private:
    bool add_what_ifs(const std::vector<std::string>& what_ifs);
    bool what_ifs_apply() const;

    Links links_;
    ImportReader reader_;
    Workspace workspace_;
    Diagnostics diagnostics_;
    std::vector<CompiledMap> maps_;
};

/// `vsm: message` on the standard error.
int trouble(const std::string& message);

/// The streams and futures of a map that a name picks; all of its own when the name is empty.
std::vector<ir::StreamId> streams_of(const ir::CheckedModel& model, const std::string& name);

/// The names of a map's own streams and futures.
std::vector<std::string> stream_names(const ir::CheckedModel& model);

/// Says that no map has a stream of that name, with the nearest.
int no_such_stream(const Session& session, const std::string& name);

}  // namespace vsm::cli
