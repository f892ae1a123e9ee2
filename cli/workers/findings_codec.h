// Serializes one map's lint results from a worker to the parent process. Private, unversioned format: both ends are the
// same binary.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"

namespace vsm::cli {

/// The lint results of one map.
struct MapReport {
    std::string failure;      ///< why the map could not be read; empty if it could
    std::string path;         ///< its displayed path
    std::size_t allowed = 0;  ///< findings suppressed by an `allow`
    std::vector<Diagnostic> diagnostics;
};

/// Encodes the report and the texts of the files that its findings refer to.
std::string encode(const MapReport& report, const SourceSet& sources);

/// Decodes reports into one set of files.
class Reports {
public:
    explicit Reports(SourceSet& into) : into_(into) {}

    MapReport decode(std::string_view bytes);

private:
    FileId file(std::string path, std::string text);

    SourceSet& into_;
    std::multimap<std::string, FileId> files_;
};

}  // namespace vsm::cli
