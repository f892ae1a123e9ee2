// A future state that has come true: the text of its stream with its edits made. Knows texts and where elements are in the model; what an
// edit means is said in compiler/lower/edits.cpp, and what comes out is compared with the model by whoever calls this.
#pragma once

#include <string>

#include "base/result.h"
#include "base/source.h"
#include "ir/checked_model.h"

namespace vsm::format {

/// The map with a future written into the stream that it is based on, in the canonical form. Comments go with what they belong to; the
/// future goes, with its kaizens that hold edits; its other remarks and its goals become the stream's; futures of it become futures of the
/// stream. Both must be declared in `source`, the base must be no future. Fails when the order cannot be said, in words that can follow "vsm: ".
Result<std::string> apply_future(const SourceFile& source, const ir::CheckedModel& model, ir::StreamId future);

/// The elements of a stream in words that are equal for a future and for the stream that it has become.
std::string elements_text(const ir::CheckedModel& model, ir::StreamId stream);

}  // namespace vsm::format
