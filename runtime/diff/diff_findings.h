// Matches the lint findings of two versions of a map. Internal to the diff of runtime/; does not depend on rules.
#pragma once

#include <map>
#include <string>

#include "runtime/diff/diff.h"

namespace vsm::runtime {

/// By stream before: the label after of each element, by its label before.
using ElementNames = std::map<ir::StreamId, std::map<std::string, std::string>>;

/// Fills the new and the fixed findings within `scope`; leaves them empty if a version is missing or does not compile.
void compare_findings(const MapSide& before, const MapSide& after, const CompareScope& scope, const ElementNames& names,
                      MapChange& change);

}  // namespace vsm::runtime
