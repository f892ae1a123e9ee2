// Which findings of two versions of a map are the same. For the diff of runtime/ alone; knows no rules.
#pragma once

#include <map>
#include <string>

#include "runtime/diff.h"

namespace vsm::runtime {

/// What streams and elements of the version before are after.
struct Renames {
    const std::map<ir::StreamId, ir::StreamId>& streams;
    const std::map<ir::StreamId, std::map<std::string, std::string>>& elements;  ///< by the stream before and the label before
};

/// Fills the findings that are new and those that are fixed; nothing where a version is missing or does not compile.
void compare_findings(const MapSide& before, const MapSide& after, const Renames& renames, MapChange& change);

}  // namespace vsm::runtime
