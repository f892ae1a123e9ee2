// What futures are based on in the end.
#pragma once

#include "ir/model.h"

namespace vsm::ir {

/// By stream, what it is based on through all futures between, or itself. No future may be based on itself. Linear in the streams.
IdVector<StreamId, StreamId> roots_of(const Model& model);

}  // namespace vsm::ir
