// Applies a future: writes its edits into the text of its stream. Uses the text and the order of elements in the model;
// compiler/lower/edits.cpp defines what an edit means, and the caller compares the result with the model.
#pragma once

#include <string>

#include "base/result.h"
#include "base/source.h"
#include "ir/checked_model.h"

namespace vsm::format {

/// The map with a future written into the stream that it is based on, in canonical form. Comments move with the text
/// that they belong to. The future is removed, with its kaizens that contain edits; its other remarks and its goals
/// become the stream's; futures based on it become futures of the stream. Both must be declared in `source`, and the
/// base must not be a future. Fails if an order cannot be expressed, with a message that can follow "vsm: ".
Result<std::string> apply_future(const SourceFile& source, const ir::CheckedModel& model, ir::StreamId future);

/// The elements of a stream as text that is equal for a future and for the stream after applying it.
std::string elements_text(const ir::CheckedModel& model, ir::StreamId stream);

}  // namespace vsm::format
