// Compares the goals of a map before and after one of its futures is applied. Writes nothing.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "ir/checked_model.h"

namespace vsm::cli {

/// The `expect` statements of the map after the change that do not hold: all of the changed stream, and of other
/// streams and futures those that held before. Excludes those accepted by an `allow`. In source order.
std::vector<Diagnostic> broken_expectations(const ir::CheckedModel& before, const ir::CheckedModel& after,
                                            const std::string& stream);

/// The targets of the stream that are met after the change but were not before, as written.
std::vector<std::string> targets_come_true(const ir::CheckedModel& before, const ir::CheckedModel& after,
                                           const std::string& stream);

}  // namespace vsm::cli
