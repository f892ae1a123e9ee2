// The checks, one a file; each looks at one stream, but for the last. Private to compiler/check.
#pragma once

#include <string>

#include "base/diagnostics.h"
#include "ir/checked_model.h"

namespace vsm::check {

/// `step `deploy``, as messages name an element.
std::string name_of(const ir::Element& element);

/// `after` that goes in a circle: once for each circle, with its whole path. Gives whether there is none.
bool check_cycles(const ir::Stream& stream, Diagnostics& diagnostics);

/// Streams without steps (futures: that had some before their edits), parallels and chooses without branches, a milestone on two steps.
void check_shape(const ir::Model& model, const ir::Stream& stream, Diagnostics& diagnostics);

/// Two of the three timings, that fit one another; fills in what follows from them.
void check_timings(const ir::Stream& stream, ir::StreamFacts& facts, Diagnostics& diagnostics);

/// The shares of each choose add to 100 %; fills in each branch's share and what part of the items comes by each element.
void check_shares(const ir::Stream& stream, ir::StreamFacts& facts, Diagnostics& diagnostics);

/// Queues need a demand, and items that come by, so many that none waits longer than a time can be.
void check_queues(const ir::Stream& stream, const ir::StreamFacts& facts, Diagnostics& diagnostics);

/// Rework goes back, to each place once, enters no branch, and ends. The bodies have no cycle.
void check_rework(const ir::Stream& stream, Diagnostics& diagnostics);

/// Futures and targets of one map are not so many that reports on it have no room.
void check_verdicts(const ir::Model& model, Diagnostics& diagnostics);

}  // namespace vsm::check
