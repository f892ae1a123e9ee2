// Names and types of all metrics (ir/metric_keys.def). Does not compute them.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace vsm::ir {

enum class MetricType { time, ratio, number, rate, name };

enum class Metric {
#define VSM_METRIC(identifier, key, type) identifier,
#include "ir/metric_keys.def"
#undef VSM_METRIC
};

struct MetricInfo {
    Metric metric;
    std::string_view key;  ///< as written in a goal; `*.` is replaced by an element's name
    MetricType type;
    bool of_element() const { return key.starts_with("*."); }
};

std::span<const MetricInfo> all_metrics();
const MetricInfo& info_of(Metric metric);

/// Whether a time is elapsed time, with days of 24 hours, and not working time.
bool is_elapsed(Metric metric);

/// The metric with rework for one as drawn: `expected_lead_time` for `lead_time`; nothing if there is none.
std::optional<Metric> with_rework(Metric metric);

}  // namespace vsm::ir
