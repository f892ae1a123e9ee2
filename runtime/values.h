// Every figure by its key (ir/metric_keys.def), for whoever is asked for one by name. Knows no goals.
#pragma once

#include <string>

#include "runtime/metrics.h"

namespace vsm::runtime {

/// Times in microseconds, ratios from 0 to 1, rates for a second of working time. Unknown or not stated: no value, perhaps a bound.
struct MetricValue {
    std::optional<double> value;
    std::optional<double> at_least;
    std::optional<double> at_most;
    std::string name;  ///< of a figure that is a name; empty when unknown
    std::optional<double> stated{};  ///< without a value: what a wall shows, which counts what is not stated as perfect
    bool endless = false;  ///< it grows without end: beyond every bound
    bool operator==(const MetricValue&) const = default;
};

/// A figure in the units of MetricValue; names in `name`. `element` is used by keys of one element alone, and is valid then.
MetricValue value_of(const ir::Model& model, const ir::Stream& stream, const StreamMetrics& metrics, ir::Metric metric,
                     ir::ElementId element = {});

/// The name of the step or team, or nothing.
std::string name_of_load_constraint(const ir::Model& model, const ir::Stream& stream, const Load& load);

}  // namespace vsm::runtime
