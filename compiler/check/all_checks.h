// The checks. Each checks one stream, except the last. Private to compiler/check.
#pragma once

#include <string>

#include "base/diagnostics/diagnostics.h"
#include "ir/checked_model.h"

namespace vsm::check {

/// An element as messages name it: `step `deploy``.
std::string name_of(const ir::Element& element);

/// Reports each cycle of `after` once, with its whole path. Returns whether there is none.
bool check_cycles(const ir::Stream& stream, Diagnostics& diagnostics);

/// Reports streams without steps (futures only if their base has some), parallels and chooses without branches, and a
/// milestone on two steps.
void check_shape(const ir::Model& model, const ir::Stream& stream, Diagnostics& diagnostics);

/// Checks that two of the three timings are given and that all are consistent; derives the others.
void check_timings(const ir::Stream& stream, ir::StreamFacts& facts, Diagnostics& diagnostics);

/// Checks that the shares of each choose add up to 100 %; computes each branch's share and the share of items that
/// reach each element.
void check_shares(const ir::Stream& stream, ir::StreamFacts& facts, Diagnostics& diagnostics);

/// Checks that queues have a demand, that items reach them, and that no item waits longer than the longest duration.
void check_queues(const ir::Stream& stream, const ir::StreamFacts& facts, Diagnostics& diagnostics);

/// Checks that rework goes back, to each place once, enters no branch, and ends. Requires bodies without cycles.
void check_rework(const ir::Stream& stream, Diagnostics& diagnostics);

/// Limits the number of targets to judge in the futures of a map, because every report shows them.
void check_verdicts(const ir::Model& model, Diagnostics& diagnostics);

}  // namespace vsm::check
