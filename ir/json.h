// The checked model as JSON (docs/schema/ir.schema.json). Knows no figures beyond what the checks derive.
#pragma once

#include <optional>
#include <string>

#include "ir/checked_model.h"

namespace vsm::ir {

/// One document, keys in a fixed order, a line end at its end. Exact: times in microseconds, shares and numbers as decimals.
/// With `sources`, every statement carries where it stands; without, the text says nothing of files and places. With `only`, that
/// stream alone.
std::string to_json(const CheckedModel& model, const SourceSet* sources, std::optional<StreamId> only = std::nullopt);

}  // namespace vsm::ir
