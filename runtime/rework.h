// What rework makes of a stream: expected times, visits and first-pass yield (docs/metrics.md, "With rework"). For runtime/ alone.
#pragma once

#include "runtime/evaluate.h"
#include "runtime/metrics.h"
#include "runtime/walk.h"

namespace vsm::runtime {

/// Passes of a repair on the spot for each visit of its step, 0 and up: p with `once`, else p + p² + … = p / (1 − p) (Marlon Dumas and others,
/// *Fundamentals of Business Process Management*, 2018, chapter 7: rework loops in flow analysis). `p` is below 1 unless `once`; checks see to that.
double passes_of(const ir::Rework& repair);

/// One entry for each element, by id: what one visit of a leaf takes in microseconds, at the mean of its ranges: its own times + passes · repair
/// (flow analysis, as above); nothing for all else.
std::vector<Passage> visits_of_leaves(const ir::Stream& stream, const ir::StreamFacts& facts,
                                      const Evaluation& evaluation);

/// The probability, 0 to 1, that an item meets no rework: of one after the other, and side by side, the product; of a choose Σ share · branch.
/// Known as rolled throughput yield, with rework rates in place of defects.
double first_pass_yield(const ir::Stream& stream, const ir::StreamFacts& facts);

/// Whether any step sends back or repairs, at whatever rate.
bool has_rework(const ir::Stream& stream);

/// Whether rework makes an element part of the longest way that is not on it as drawn: itself, or something in it.
bool is_longest_with_rework(const ir::Stream& stream, const StreamMetrics& metrics, ir::ElementId id);

/// Whether rework makes another way the longest than the one as drawn.
bool moves_longest_way(const ir::Stream& stream, const StreamMetrics& metrics);

/// Whether the expected times are not exact: of ways side by side more than one can be the longest, and such a way is random; the longest
/// of the expected ways then stands for the expected longest way, which is never less. Or too many `once … to` overlap.
bool is_approximate(const Routes& routes, const Evaluation& evaluation);

}  // namespace vsm::runtime
