// Which findings of two versions of a map are the same. For the diff of runtime/ alone; knows no rules.
#pragma once

#include <map>
#include <string>

#include "runtime/diff.h"

namespace vsm::runtime {

/// What elements of streams before, by their label, are called after.
using ElementNames = std::map<ir::StreamId, std::map<std::string, std::string>>;

/// Fills the findings of what is compared that are new and those that are fixed; nothing where a version is missing or does not compile.
void compare_findings(const MapSide& before, const MapSide& after, const CompareScope& scope, const ElementNames& names, MapChange& change);

}  // namespace vsm::runtime
