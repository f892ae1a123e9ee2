// Compares a future with its base and attributes the difference to its edits (docs/metrics.md, "Current and future").
// Does not depend on goals.
#pragma once

#include "runtime/figures/metric_values.h"

namespace vsm::runtime {

/// A figure of the whole stream in the base and in the future. Either may be unknown.
struct Difference {
    ir::Metric metric;
    MetricValue now, then;
    std::optional<double> change() const;  ///< then − now, in the unit of values.h; empty if either is unknown
    std::optional<double> ratio() const;   ///< then / now; empty if either is unknown or now is 0
    bool operator==(const Difference&) const = default;
};

/// The compared metrics, in table order: times, ratios, numbers and rates of a whole stream, without range ends.
const std::vector<ir::Metric>& compared_metrics();

/// Edits that take effect together, and the differences they make when applied after all preceding ones.
struct Contribution {
    std::vector<std::size_t> edits;  ///< indices into the future's edits
    std::vector<std::size_t>
        kaizens;  ///< indices into its kaizens: those that contain these edits; empty for free edits
    std::vector<Difference> differences;  ///< in metric order
};

struct Comparison {
    ir::StreamId base;
    std::vector<Difference> differences;
    std::vector<Contribution> contributions;  ///< they add up to the differences
};

/// Compares a future with its base, given the figures of both. The figures of the recovery stream are taken from
/// `known` (sorted by id), or measured. Contributions apply the edits in source order, each on top of all before it, so
/// they add up to the differences. Edits whose intermediate map is unsound, or exceeds the limit of lowering (20,000
/// elements in a file), are merged with the edits that follow.
Comparison compare(const ir::CheckedModel& model, const StreamMetrics& future, const StreamMetrics& base,
                   const std::vector<StreamMetrics>& known = {});

/// An edit in words: `change deploy`.
std::string text_of(const ir::Edit& edit);

}  // namespace vsm::runtime
