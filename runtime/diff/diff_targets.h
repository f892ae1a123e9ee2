// Compares the targets of two versions of a stream. Internal to the diff of runtime/.
#pragma once

#include "runtime/diff/diff.h"
#include "runtime/diff/written_properties.h"

namespace vsm::runtime {

/// Adds the targets of a stream in both versions. `before_names` names its elements before as they are called after.
void compare_targets(const MapSide& before, const MapSide& after, const NameOf& before_names, const Match& match,
                     StreamChange& change);

/// Adds the targets of a stream that one version has.
void list_targets(const MapSide& before, const MapSide& after, StreamChange& change);

}  // namespace vsm::runtime
