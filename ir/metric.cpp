#include "ir/metric.h"

#include <array>

namespace vsm::ir {
namespace {

constexpr auto table = std::to_array<MetricInfo>({
#define VSM_METRIC(identifier, key, type) {Metric::identifier, key, MetricType::type},
#include "ir/metric_keys.def"
#undef VSM_METRIC
});

}  // namespace

std::span<const MetricInfo> all_metrics() { return table; }

const MetricInfo& info_of(Metric metric) { return table[static_cast<std::size_t>(metric)]; }

bool is_elapsed(Metric metric) {
    return metric == Metric::dora_change_lead_time || metric == Metric::dora_failed_deployment_recovery_time;
}

std::optional<Metric> with_rework(Metric metric) {
    switch (metric) {
        case Metric::lead_time: return Metric::expected_lead_time;
        case Metric::process_time: return Metric::expected_process_time;
        case Metric::total_process_time: return Metric::expected_total_process_time;
        default: return std::nullopt;
    }
}

}  // namespace vsm::ir
