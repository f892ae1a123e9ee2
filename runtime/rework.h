// What rework makes of a stream: expected times, visits and first-pass yield (docs/metrics.md, "With rework"). For runtime/ alone.
#pragma once

#include "runtime/evaluate.h"
#include "runtime/walk.h"

namespace vsm::runtime {

/// Passes of a repair on the spot for each visit of its step: p with `once`, else p + p² + … = p / (1 − p).
double passes_of(const ir::Rework& repair);

/// By element id: what one visit of a leaf takes, its repairs on the spot included; nothing for all else.
std::vector<Passage> visits_of_leaves(const ir::Stream& stream, const ir::StreamFacts& facts,
                                      const Evaluation& evaluation);

/// The probability that an item meets no rework: of one after the other, and side by side, the product.
double first_pass_yield(const ir::Stream& stream, const ir::StreamFacts& facts);

bool has_rework(const ir::Stream& stream);

/// Whether the expected times are not exact: of ways side by side more than one can be the longest, and such a way is random; the longest
/// of the expected ways then stands for the expected longest way, which is never less. Or too many `once … to` overlap.
bool is_approximate(const Routes& routes, const Evaluation& evaluation);

}  // namespace vsm::runtime
