// The names of all figures (ir/metric_keys.def). Knows what they are called and what type they have, not how they are computed.
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
    std::string_view key;  ///< as written in a goal; `*.` stands for an element's name
    MetricType type;
    bool of_element() const { return key.starts_with("*."); }
};

std::span<const MetricInfo> all_metrics();
const MetricInfo& info_of(Metric metric);

/// A time that is elapsed, not working time: its day has 24 hours.
bool is_elapsed(Metric metric);

/// The same figure with rework, of one that is as drawn: `expected_lead_time` of `lead_time`; nothing where there is none.
std::optional<Metric> with_rework(Metric metric);

}  // namespace vsm::ir
