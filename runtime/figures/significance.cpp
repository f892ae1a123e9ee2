#include "runtime/figures/significance.h"

#include <algorithm>
#include <cmath>

namespace vsm::runtime {
namespace {

constexpr double smallest_time = microseconds_per_second;
constexpr double smallest_part = 1e-4;
/// Relative rounding error of computed figures.
constexpr double noise = 1e-9;

bool differ(ir::Metric metric, const std::optional<double>& before, const std::optional<double>& after) {
    if (!before || !after) return before.has_value() != after.has_value();
    return is_change(metric, *before, *after);
}

}  // namespace

bool is_change(ir::Metric metric, double before, double after) {
    const double difference = std::fabs(after - before) * (1 + noise);
    const double part = smallest_part * std::max(std::fabs(before), std::fabs(after));
    const bool counted = metric == ir::Metric::steps || metric == ir::Metric::handoffs;
    if (counted) return before != after;
    switch (ir::info_of(metric).type) {
        case ir::MetricType::time: return difference >= smallest_time && difference >= part;
        case ir::MetricType::ratio: return difference >= smallest_part;
        case ir::MetricType::rate:
        case ir::MetricType::number:
        case ir::MetricType::name: break;
    }
    return difference > 0 && difference >= part;
}

bool is_change(ir::Metric metric, const MetricValue& before, const MetricValue& after) {
    if (before.endless != after.endless) return true;
    return differ(metric, before.value, after.value) || differ(metric, before.at_least, after.at_least) ||
           differ(metric, before.at_most, after.at_most) || before.name != after.name;
}

}  // namespace vsm::runtime
