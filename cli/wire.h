// What was found in one map as bytes, from the process that looked to the one that tells. Both are the same program: no format to keep.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostics.h"

namespace vsm::cli {

/// What came of one map.
struct MapReport {
    std::string failure;                  ///< why it could not be read; empty: it was
    std::string path;                     ///< as it is shown
    std::size_t allowed = 0;              ///< findings that an `allow` silenced
    std::vector<Diagnostic> diagnostics;
};

/// The report with the texts of the files in which something was found.
std::string encode(const MapReport& report, const SourceSet& sources);

/// Takes reports over into one set of files.
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
