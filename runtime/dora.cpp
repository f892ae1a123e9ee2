#include "runtime/dora.h"

#include <algorithm>

namespace vsm::runtime {
namespace {

using ir::ElementId;

constexpr double hour = 3600.0 * microseconds_per_second;

ElementId milestone_of(const ir::Stream& stream, ir::Milestone milestone) {
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const auto* step = std::get_if<ir::Step>(&stream.elements[stream.elements.id_at(i)].what);
        if (step != nullptr && step->milestone == milestone) return stream.elements.id_at(i);
    }
    return {};
}

/// The stop of the stream's own chain at which an element is passed.
std::uint32_t stop_on_stream(const Routes& routes, ElementId id) {
    std::uint32_t stop = routes.first_stop_of(id);
    routes.visit_units_around(routes.chain_of(id),
                              [&](std::uint32_t unit) { stop = routes.units()[unit].variants.front().stop; });
    return stop;
}

/// What each leaf takes in elapsed time: machines work through the night. Side by side with a milestone, what comes before
/// the commit or after production in its own branch takes nothing.
std::vector<Passage> elapsed_of(const Routes& routes, const std::vector<Passage>& leaves, ElementId from,
                                ElementId to) {
    const ir::Stream& stream = routes.stream();
    std::vector<Passage> elapsed = leaves;
    const double factor = elapsed_factor(stream.calendar);
    for (std::size_t i = 0; i < elapsed.size(); ++i) {
        const ElementId id = stream.elements.id_at(i);
        const auto* step = std::get_if<ir::Step>(&stream.elements[id].what);
        if (step == nullptr || step->kind != ir::StepKind::automated) elapsed[i] = factor * elapsed[i];
        const auto beside = [&](ElementId milestone) {
            return milestone.valid() && routes.chain_of(milestone) != 0 &&
                   routes.chain_of(milestone) == routes.chain_of(id);
        };
        if (beside(from) && routes.order_of(id) < routes.order_of(from)) elapsed[i] = {};
        if (beside(to) && routes.order_of(id) > routes.order_of(to)) elapsed[i] = {};
    }
    return elapsed;
}

std::optional<double> elapsed_between(const Routes& routes, const Walk& worked, const std::vector<Passage>& leaves, ElementId from,
                                      ElementId to) {
    Walk walk(worked, elapsed_of(routes, leaves, from, to));
    const auto& stops = routes.chains().front().stops;
    const std::uint32_t begin = from.valid() ? stop_on_stream(routes, from) : 0;
    const std::uint32_t end = to.valid() ? stop_on_stream(routes, to) : static_cast<std::uint32_t>(stops.size()) - 1;
    const Passage passage = from.valid() || to.valid() ? walk.between(begin, end) : walk.total();
    if (walk.endless() || !passage.lead.known) return std::nullopt;
    return passage.lead.least;
}

/// What is stated; beside it, or else, what is derived.
std::optional<DoraFigure> figure(std::optional<double> stated, std::optional<double> derived) {
    if (stated) return DoraFigure{*stated, true, derived};
    if (derived) return DoraFigure{*derived, false, std::nullopt};
    return std::nullopt;
}

std::optional<double> deployments_per_second(const ir::Stream& stream, const StreamMetrics& metrics, double items) {
    const ElementId production = production_step(stream);
    if (!production.valid()) return std::nullopt;
    const auto batch = static_cast<double>(std::get_if<ir::Step>(&stream.elements[production].what)->batch);
    return items * metrics.elements[production].visits.value_or(0) / batch;
}

std::optional<double> derived_failures(const ir::Stream& stream) {
    const ElementId production = production_step(stream);
    if (!production.valid()) return std::nullopt;
    const auto& quality = std::get_if<ir::Step>(&stream.elements[production].what)->quality;
    if (!quality || quality->state != ir::Quality::State::known) return std::nullopt;
    return 1 - quality->mean();
}

std::optional<double> stated_failures(const ir::Stream& stream) {
    if (!stream.change_failure) return std::nullopt;
    return stream.change_failure->value();
}

}  // namespace

double elapsed_factor(const Calendar& calendar) { return 168 * hour / static_cast<double>(calendar.week.microseconds); }

ElementId production_step(const ir::Stream& stream) {
    if (const ElementId said = milestone_of(stream, ir::Milestone::production); said.valid()) return said;
    ElementId last;
    for (std::size_t i = 0; i < stream.elements.size(); ++i)
        if (std::holds_alternative<ir::Step>(stream.elements[stream.elements.id_at(i)].what))
            last = stream.elements.id_at(i);
    return last;
}

std::optional<double> break_fix_per_week(const ir::Stream& stream, const StreamMetrics& metrics) {
    const auto failures = stream.change_failure ? stated_failures(stream) : derived_failures(stream);
    std::optional<double> deployments;
    if (stream.deploys)
        deployments = stream.deploys->per_second();
    else if (stream.demand)
        deployments = deployments_per_second(stream, metrics, stream.demand->per_second());
    if (!failures || !deployments) return std::nullopt;
    return *failures * *deployments * static_cast<double>(stream.calendar.week.microseconds) / microseconds_per_second;
}

void add_dora(const ir::Stream& stream, const Routes& routes, const Walk& walk, const std::vector<Passage>& leaves,
              const StreamMetrics* recovery, StreamMetrics& metrics) {
    Dora& dora = metrics.dora;
    const ElementId commit = milestone_of(stream, ir::Milestone::commit),
                    production = milestone_of(stream, ir::Milestone::production);
    metrics.elapsed_time = elapsed_between(routes, walk, leaves, {}, {});
    const bool part = commit.valid() || production.valid();
    dora.change_lead_time =
        figure(std::nullopt, part ? elapsed_between(routes, walk, leaves, commit, production) : metrics.elapsed_time);
    std::optional<double> stated, derived;
    if (stream.deploys) stated = stream.deploys->per_second();
    if (metrics.load.throughput) derived = deployments_per_second(stream, metrics, *metrics.load.throughput);
    dora.deployment_frequency = figure(stated, derived);
    dora.change_failure_rate = figure(stated_failures(stream), derived_failures(stream));
    if (recovery != nullptr && recovery->elapsed_time)
        dora.failed_deployment_recovery_time = figure(std::nullopt, recovery->elapsed_time);
    if (!dora.deployment_frequency || !dora.change_failure_rate) return;
    dora.break_fix_rate = figure(std::nullopt, dora.change_failure_rate->value * dora.deployment_frequency->value);
    if (!dora.failed_deployment_recovery_time) return;
    // Failures come around the clock: a week's worth of them in 168 hours.
    const double per_elapsed = dora.break_fix_rate->value / elapsed_factor(stream.calendar);
    const double time = dora.failed_deployment_recovery_time->value / microseconds_per_second;
    dora.open_incidents = figure(std::nullopt, per_elapsed * time);
}

}  // namespace vsm::runtime
