// A future beside what it is a future of, and what each part of it does (docs/metrics.md, "Current and future"). Knows no goals.
#pragma once

#include "runtime/values.h"

namespace vsm::runtime {

/// A figure of the whole stream, now and then. Either may be unknown.
struct Difference {
    ir::Metric metric;
    MetricValue now, then;
    std::optional<double> change() const;  ///< then − now, in the figure's unit (values.h); nothing when either is unknown
    std::optional<double> ratio() const;   ///< then / now; nothing when now is 0
    bool operator==(const Difference&) const = default;
};

/// The keys that are compared, in the order of the table: times, ratios, numbers and rates of the stream as a whole.
const std::vector<ir::Metric>& compared_metrics();

/// Edits that are made together, and what they change, applied after all before them.
struct Contribution {
    std::vector<std::size_t> edits;    ///< indices into the future's edits
    std::vector<std::size_t> kaizens;  ///< indices into its kaizens, of those that hold these edits; empty: free edits
    std::vector<Difference> differences;  ///< of the keys in their order
};

struct Comparison {
    ir::StreamId base;
    std::vector<Difference> differences;
    std::vector<Contribution> contributions;  ///< they add up to the differences
};

/// `future` is one. Both streams' figures are given; those of others are taken from `known`, by id, where they are there. Contributions are taken in the order in which the edits are written, each after all before it, so
/// that they add up to the differences whatever they share; where edits make no sound map one by one, or the maps in between would hold over 20,000
/// elements, they count as one.
Comparison compare(const ir::CheckedModel& model, const StreamMetrics& future, const StreamMetrics& base, const std::vector<StreamMetrics>& known = {});

/// What an edit does, in words: `change deploy`.
std::string text_of(const ir::Edit& edit);

}  // namespace vsm::runtime
