// Effects of rework on a stream: expected times, visits and first-pass yield (docs/metrics.md, "With rework"). Internal
// to runtime/.
#pragma once

#include "runtime/metrics.h"
#include "runtime/rework/expected_times.h"
#include "runtime/times/evaluate.h"

namespace vsm::runtime {

/// Passes of a repair on the spot per visit of its step, 0 and up: p with `once`, else p + p² + … = p / (1 − p) (Marlon
/// Dumas and others, *Fundamentals of Business Process Management*, 2018, chapter 7: rework loops in flow analysis).
/// Checks guarantee p < 1 unless `once`.
double passes_of(const ir::Rework& repair);

/// The duration of one visit of each leaf, by element id, in microseconds, with ranges at their mean: its own times +
/// passes · repair (flow analysis, as above); zero for other elements.
std::vector<Passage> visits_of_leaves(const ir::Stream& stream, const ir::StreamFacts& facts,
                                      const Evaluation& evaluation);

/// The probability, 0 to 1, that an item meets no rework: the product in sequence and in parallel; for a choose Σ share
/// · branch. Known as rolled throughput yield, with rework rates instead of defects.
double first_pass_yield(const ir::Stream& stream, const ir::StreamFacts& facts);

/// Whether any step sends back or repairs, at any rate.
bool has_rework(const ir::Stream& stream);

/// Whether rework puts an element, or one inside it, on the longest path although it is off it as drawn.
bool is_longest_with_rework(const ir::Stream& stream, const StreamMetrics& metrics, ir::ElementId id);

/// Whether the longest path with rework differs from the one as drawn.
bool moves_longest_way(const ir::Stream& stream, const StreamMetrics& metrics);

/// Whether the expected times are not exact: several parallel paths of random length can be the longest, and the
/// longest expected path stands for the expected longest path, which is never shorter; too many `once … to` overlap; or
/// the routes are simplified.
bool is_approximate(const Routes& routes, const Evaluation& evaluation);

}  // namespace vsm::runtime
