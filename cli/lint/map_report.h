// The lint results of one map, and the files of several workers as one set.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"

namespace vsm::cli {

struct MapReport {
    std::string failure;      ///< why the map could not be read; empty if it could
    std::string path;         ///< its displayed path
    std::size_t allowed = 0;  ///< findings suppressed by an `allow`
    std::vector<Diagnostic> diagnostics;
    std::size_t worker = 0;  ///< in whose files the diagnostics are
};

/// Holds each file once, however many workers read it, unless it changed in between.
class MergedSources {
public:
    explicit MergedSources(SourceSet& into) : sources(into) {}

    FileId file(const SourceFile& source);

    SourceSet& sources;

private:
    std::multimap<std::string, FileId> files_;  ///< by path
};

/// Moves the diagnostics of one worker to the merged files.
class SharedSources {
public:
    SharedSources(const SourceSet& from, MergedSources& into) : from_(from), into_(into), moved_(from.size()) {}

    void move(Diagnostic& diagnostic);

private:
    void move(SourceRange& range);

    const SourceSet& from_;
    MergedSources& into_;
    std::vector<FileId> moved_;  ///< by file of `from`; invalid until needed
};

}  // namespace vsm::cli
