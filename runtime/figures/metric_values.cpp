#include "runtime/figures/metric_values.h"

#include <algorithm>

#include "runtime/figures/absent.h"

namespace vsm::runtime {
namespace {

using ir::Metric;

MetricValue of(const TimeFigure& time) {
    if (time.known) return {time.microseconds, {}, {}, {}};
    return {{}, time.microseconds, {}, {}};
}
MetricValue of(const QualityFigure& quality) { return {quality.value, {}, quality.at_most, {}, quality.stated}; }
MetricValue of(const std::optional<double>& value) { return {value, {}, {}, {}}; }
/// At least 0 says nothing.
MetricValue bounded(const std::optional<double>& value, const std::optional<double>& at_least) {
    return {value, value || at_least.value_or(0) <= 0 ? std::nullopt : at_least, {}, {}};
}
MetricValue of(const std::optional<DoraFigure>& figure, const std::optional<double>& at_least = {}) {
    return bounded(figure ? std::optional(figure->value) : std::nullopt, at_least);
}
MetricValue of(std::size_t count) { return {static_cast<double>(count), {}, {}, {}}; }
MetricValue named(std::string name) { return {{}, {}, {}, std::move(name)}; }

MetricValue of_element(const StreamMetrics& metrics, Metric metric, ir::ElementId id) {
    if (!id.valid() || id.index >= metrics.elements.size()) return {};
    const ElementMetrics& element = metrics.elements[id];
    switch (metric) {
        case Metric::element_lead_time: return of(element.lead_time);
        case Metric::element_process_time: return of(element.process_time);
        case Metric::element_wait_time: return of(element.wait_time);
        case Metric::element_ca: return of(element.ca);
        case Metric::element_visits: return metrics.expected.endless ? MetricValue{} : of(element.visits);
        default: return bounded(element.utilization, element.utilization_at_least);
    }
}

}  // namespace

std::string name_of_load_constraint(const ir::Model& model, const ir::Stream& stream, const Load& load) {
    if (!load.constraint) return "";
    if (const auto* team = std::get_if<ir::TeamId>(&*load.constraint)) return model.teams[*team].name.value;
    return stream.elements[*std::get_if<ir::ElementId>(&*load.constraint)].label;
}

namespace {

MetricValue given_value(const ir::Model& model, const ir::Stream& stream, const StreamMetrics& metrics, Metric metric,
                        ir::ElementId element) {
    const Expected& expected = metrics.expected;
    switch (metric) {
        case Metric::lead_time: return of(metrics.mean.lead_time);
        case Metric::process_time: return of(metrics.mean.process_time);
        case Metric::total_process_time: return of(metrics.mean.total_process_time);
        case Metric::wait_time: return of(metrics.mean.wait_time);
        case Metric::activity_ratio: return of(metrics.mean.activity_ratio);
        case Metric::pce: return of(metrics.mean.pce);
        case Metric::rolled_ca: return of(metrics.mean.rolled_ca);
        case Metric::steps: return of(metrics.steps);
        case Metric::handoffs: return of(metrics.handoffs);
        case Metric::best_lead_time: return of(metrics.best.lead_time);
        case Metric::best_process_time: return of(metrics.best.process_time);
        case Metric::best_total_process_time: return of(metrics.best.total_process_time);
        case Metric::best_wait_time: return of(metrics.best.wait_time);
        case Metric::best_activity_ratio: return of(metrics.best.activity_ratio);
        case Metric::best_pce: return of(metrics.best.pce);
        case Metric::best_rolled_ca: return of(metrics.best.rolled_ca);
        case Metric::worst_lead_time: return of(metrics.worst.lead_time);
        case Metric::worst_process_time: return of(metrics.worst.process_time);
        case Metric::worst_total_process_time: return of(metrics.worst.total_process_time);
        case Metric::worst_wait_time: return of(metrics.worst.wait_time);
        case Metric::worst_activity_ratio: return of(metrics.worst.activity_ratio);
        case Metric::worst_pce: return of(metrics.worst.pce);
        case Metric::worst_rolled_ca: return of(metrics.worst.rolled_ca);
        case Metric::expected_lead_time: return of(expected.lead_time);
        case Metric::expected_process_time: return of(expected.process_time);
        case Metric::expected_total_process_time: return of(expected.total_process_time);
        case Metric::first_pass_yield: return {expected.first_pass_yield, {}, {}, {}};
        case Metric::throughput: return of(metrics.load.throughput);
        case Metric::takt: return of(metrics.load.takt);
        case Metric::wip: return bounded(metrics.load.wip, metrics.load.wip_at_least);
        case Metric::effort_fte: return bounded(metrics.load.effort_fte, metrics.load.effort_fte_at_least);
        case Metric::cost: return bounded(metrics.load.cost, metrics.load.cost_at_least);
        case Metric::time_constraint:
            return named(metrics.longest.empty() ? "" : stream.elements[metrics.longest.front()].label);
        case Metric::load_constraint: return named(name_of_load_constraint(model, stream, metrics.load));
        case Metric::dora_change_lead_time:
            return of(metrics.dora.change_lead_time, metrics.dora.change_lead_time_at_least);
        case Metric::dora_deployment_frequency: return of(metrics.dora.deployment_frequency);
        case Metric::dora_change_failure_rate: return of(metrics.dora.change_failure_rate);
        case Metric::dora_failed_deployment_recovery_time:
            return of(metrics.dora.failed_deployment_recovery_time,
                      metrics.dora.failed_deployment_recovery_time_at_least);
        case Metric::dora_break_fix_rate: return of(metrics.dora.break_fix_rate);
        case Metric::dora_open_incidents: return of(metrics.dora.open_incidents, metrics.dora.open_incidents_at_least);
        case Metric::dora_deployment_rework_rate: return of(metrics.dora.deployment_rework_rate);
        case Metric::element_lead_time:
        case Metric::element_process_time:
        case Metric::element_wait_time:
        case Metric::element_ca:
        case Metric::element_visits:
        case Metric::element_utilization: return of_element(metrics, metric, element);
    }
    return {};
}

}  // namespace

MetricValue value_of(const ir::Model& model, const ir::Stream& stream, const StreamMetrics& metrics, Metric metric,
                     ir::ElementId element) {
    MetricValue value = given_value(model, stream, metrics, metric, element);
    if (value.value) return value;
    const Absent* absent = absence_of(metrics, metric);
    value.endless = absent != nullptr && grows_without_end(absent->lack);
    return value;
}

const StreamMetrics* metrics_of(const std::vector<StreamMetrics>& streams, ir::StreamId id) {
    const auto found = std::lower_bound(streams.begin(), streams.end(), id,
                                        [](const StreamMetrics& one, ir::StreamId of) { return one.stream < of; });
    return found != streams.end() && found->stream == id ? &*found : nullptr;
}

}  // namespace vsm::runtime
