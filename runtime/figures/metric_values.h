// Looks up a figure by its metric (ir/metric_keys.def). Does not depend on goals.
#pragma once

#include <string>

#include "runtime/metrics.h"

namespace vsm::runtime {

/// Times in microseconds, ratios from 0 to 1, rates per second of working time. Unknown or absent: no value, but
/// possibly a bound.
struct MetricValue {
    std::optional<double> value;
    std::optional<double> at_least;
    std::optional<double> at_most;
    std::string name;  ///< of a metric that is a name; empty if unknown
    std::optional<double>
        stated{};          ///< if there is no value: the product of the stated %C&A, with missing ones as 100 %
    bool endless = false;  ///< unbounded
    bool operator==(const MetricValue&) const = default;
};

/// A figure in the units of MetricValue. `element` is used only by metrics of one element; if invalid, these have no
/// value.
MetricValue value_of(const ir::Model& model, const ir::Stream& stream, const StreamMetrics& metrics, ir::Metric metric,
                     ir::ElementId element = {});

/// The name of the team or the label of the step; empty without a constraint.
std::string name_of_load_constraint(const ir::Model& model, const ir::Stream& stream, const Load& load);

/// The figures of a stream; null if it is not among them. `streams` are sorted by id.
const StreamMetrics* metrics_of(const std::vector<StreamMetrics>& streams, ir::StreamId id);

}  // namespace vsm::runtime
