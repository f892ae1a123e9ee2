// What the goals of a map come to when one of its futures comes true: the map before and after, compared. Writes
// nothing.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "ir/checked_model.h"

namespace vsm::cli {

/// The `expect`s of the map after that do not hold then: those of the stream that has become the future, and those of
/// other streams and futures that held before. Not what an `allow` accepts. In the order of the text.
std::vector<Diagnostic> broken_expectations(const ir::CheckedModel& before, const ir::CheckedModel& after,
                                            const std::string& stream);

/// The targets of the stream that are met now and were not before, as written.
std::vector<std::string> targets_come_true(const ir::CheckedModel& before, const ir::CheckedModel& after,
                                           const std::string& stream);

}  // namespace vsm::cli
