// Writes the checked model as JSON (docs/schema/ir.schema.json). Computes no metrics; adds only what the checks derive.
#pragma once

#include <optional>
#include <string>

#include "ir/checked_model.h"

namespace vsm::ir {

/// One document with keys in a fixed order and a final line end. Exact: times in microseconds, shares and numbers as
/// decimals. With `sources`, every statement has its source range; without, the text has no files and positions. With
/// `only`, the text has no other streams.
std::string to_json(const CheckedModel& model, const SourceSet* sources, std::optional<StreamId> only = std::nullopt);

}  // namespace vsm::ir
