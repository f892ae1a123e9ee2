// Which stream of a map is which of its other version. For the diff of runtime/ alone; knows no figures.
#pragma once

#include <map>

#include "runtime/diff.h"

namespace vsm::runtime {

/// The streams and futures that a version itself declares, in the model's order; none where there is no model.
std::vector<ir::StreamId> own_streams(const MapSide& side);

/// After by before. The same name is the same stream; else one that is left with the same title, or with most names of elements in common.
std::map<ir::StreamId, ir::StreamId> pair_streams(const MapSide& before, const MapSide& after);

}  // namespace vsm::runtime
