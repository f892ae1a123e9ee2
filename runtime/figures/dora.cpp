#include "runtime/figures/dora.h"

#include <algorithm>

#include "runtime/figures/absent.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::Metric;

constexpr double hour = 3600.0 * microseconds_per_second;

ElementId milestone_of(const ir::Stream& stream, ir::Milestone milestone) {
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const auto* step = ir::step_of(stream.elements[stream.elements.id_at(i)]);
        if (step != nullptr && step->milestone == milestone) return stream.elements.id_at(i);
    }
    return {};
}

/// The state of the stream's own chain at which an element is passed.
std::uint32_t state_on_stream(const Routes& routes, ElementId id) {
    std::uint32_t state = routes.first_state_of(id);
    routes.visit_units_around(routes.chain_of(id),
                              [&](std::uint32_t unit) { state = routes.units()[unit].variants.front().state; });
    return state;
}

/// The elapsed time of each leaf: automated steps also run outside working time. If a milestone is inside a parallel,
/// elements of its own branch before the commit or after production take no time.
std::vector<Passage> elapsed_of(const Routes& routes, const std::vector<Passage>& leaves, ElementId from,
                                ElementId to) {
    const ir::Stream& stream = routes.stream();
    std::vector<Passage> elapsed = leaves;
    const double factor = elapsed_factor(stream.calendar);
    for (std::size_t i = 0; i < elapsed.size(); ++i) {
        const ElementId id = stream.elements.id_at(i);
        const auto* step = ir::step_of(stream.elements[id]);
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

/// Empty if rework is endless.
std::optional<TimeFigure> elapsed_between(ExpectedTimes& worked, const std::vector<Passage>& leaves, ElementId from,
                                          ElementId to) {
    const Routes& routes = worked.router().routes();
    ExpectedTimes times(worked.router(), elapsed_of(routes, leaves, from, to));
    const auto& states = routes.chains().front().states;
    const std::uint32_t begin = from.valid() ? state_on_stream(routes, from) : 0;
    const std::uint32_t end = to.valid() ? state_on_stream(routes, to) : static_cast<std::uint32_t>(states.size()) - 1;
    const Passage passage = from.valid() || to.valid() ? times.between(begin, end) : times.total();
    if (times.endless()) return std::nullopt;
    return TimeFigure{passage.lead.least, passage.lead.known};
}

/// The stated value with the derived one beside it, else the derived one.
std::optional<DoraFigure> figure(std::optional<double> stated, std::optional<double> derived) {
    if (stated) return DoraFigure{*stated, true, derived};
    if (derived) return DoraFigure{*derived, false, std::nullopt};
    return std::nullopt;
}

/// A derived time goes to `value` if it is known, else to `at_least`.
void derive(const std::optional<TimeFigure>& time, std::optional<DoraFigure>& value, std::optional<double>& at_least) {
    if (!time) return;
    if (time->known)
        value = DoraFigure{time->microseconds, false, std::nullopt};
    else
        at_least = time->microseconds;
}

std::optional<double> stated_failures(const ir::Stream& stream) {
    if (!stream.change_failure) return std::nullopt;
    return stream.change_failure->value();
}

/// 1 − %C&A of the production step.
std::optional<double> derived_failures(const ir::Stream& stream, ElementId production) {
    if (!production.valid()) return std::nullopt;
    const auto& quality = ir::step_of(stream.elements[production])->quality;
    if (!quality || quality->state != ir::Quality::State::known) return std::nullopt;
    return 1 - quality->mean();
}

std::optional<double> deployments_per_second(const ir::Stream& stream, ElementId production,
                                             const StreamMetrics& metrics, double items) {
    if (!production.valid() || metrics.expected.endless) return std::nullopt;
    const auto batch = static_cast<double>(ir::step_of(stream.elements[production])->batch);
    return items * metrics.elements[production].visits.value_or(0) / batch;
}

class DoraKeys {
public:
    DoraKeys(const DoraInput& input, StreamMetrics& metrics)
        : input_(input), stream_(input.stream), metrics_(metrics),
          production_(production_step(input.stream, input.facts)) {}

    void run() {
        add_times();
        add_deployments();
        add_failures();
        add_rework();
        if (!carry(Metric::dora_break_fix_rate)) {
            // Without a recovery stream, no `?` of the map would give them.
            if (input_.recovery == nullptr && is_open(absence_of(metrics_, Metric::dora_break_fix_rate)->lack))
                leave_out(metrics_, Metric::dora_open_incidents, Lack::no_recovery);
            return carry_on(Metric::dora_open_incidents, Metric::dora_break_fix_rate);
        }
        dora().break_fix_rate =
            figure(std::nullopt, dora().change_failure_rate->value * dora().deployment_frequency->value);
        add_incidents();
    }

private:
    Dora& dora() { return metrics_.dora; }

    void carry_on(Metric metric, Metric from) {
        if (const Absent* reason = absence_of(metrics_, from); reason != nullptr) {
            const Absent copy = *reason;
            leave_out(metrics_, metric, copy.lack, copy.of);
        }
    }

    /// If a figure needs both rates and one is absent, gives it the reason of the first absent one.
    bool carry(Metric metric) {
        if (dora().deployment_frequency && dora().change_failure_rate) return true;
        carry_on(metric,
                 dora().deployment_frequency ? Metric::dora_change_failure_rate : Metric::dora_deployment_frequency);
        return false;
    }

    /// A missing milestone cannot be missed.
    bool passed_by_all(ElementId milestone) const {
        return !milestone.valid() || input_.facts.elements[milestone].share >= 1 - 1e-12;
    }

    void add_times() {
        const ElementId commit = milestone_of(stream_, ir::Milestone::commit),
                        production = milestone_of(stream_, ir::Milestone::production);
        const auto between = [&](ElementId from, ElementId to) {
            return elapsed_between(input_.times, input_.leaves, from, to);
        };
        metrics_.elapsed_time = between({}, {});
        const ElementId passed_by_some = !passed_by_all(commit)       ? commit
                                         : !passed_by_all(production) ? production
                                                                      : ElementId{};
        const bool part = commit.valid() || production.valid();
        if (!passed_by_some.valid())
            derive(part ? between(commit, production) : metrics_.elapsed_time, dora().change_lead_time,
                   dora().change_lead_time_at_least);
        const Lack lack = metrics_.expected.endless ? Lack::endless_rework : Lack::open_time;
        if (passed_by_some.valid())
            leave_out(metrics_, Metric::dora_change_lead_time, Lack::passed_by_some, passed_by_some);
        else if (!dora().change_lead_time)
            leave_out(metrics_, Metric::dora_change_lead_time, lack);
        add_recovery_time();
    }

    void add_recovery_time() {
        const Metric key = Metric::dora_failed_deployment_recovery_time;
        if (input_.recovery == nullptr) return leave_out(metrics_, key, Lack::no_recovery);
        derive(input_.recovery->elapsed_time, dora().failed_deployment_recovery_time,
               dora().failed_deployment_recovery_time_at_least);
        if (!dora().failed_deployment_recovery_time) leave_out(metrics_, key, Lack::open_recovery);
    }

    /// Deployments follow the throughput; without stated people, the demand.
    void add_deployments() {
        std::optional<double> stated, items = metrics_.load.throughput;
        if (stream_.deploys) stated = stream_.deploys->per_second();
        const Absent* absent = absence_of(metrics_, Metric::throughput);
        if (absent != nullptr && absent->lack == Lack::no_people) items = stream_.demand->per_second();
        const auto derived = items ? deployments_per_second(stream_, production_, metrics_, *items) : std::nullopt;
        dora().deployment_frequency = figure(stated, derived);
        if (dora().deployment_frequency) return;
        if (!production_.valid())
            leave_out(metrics_, Metric::dora_deployment_frequency, Lack::no_production);
        else
            carry_on(Metric::dora_deployment_frequency, Metric::throughput);
    }

    void add_failures() {
        dora().change_failure_rate = figure(stated_failures(stream_), derived_failures(stream_, production_));
        if (dora().change_failure_rate) return;
        if (!production_.valid())
            leave_out(metrics_, Metric::dora_change_failure_rate, Lack::no_production);
        else
            leave_out(metrics_, Metric::dora_change_failure_rate,
                      has_open_quality() ? Lack::open_ca_of : Lack::no_ca_of, production_);
    }

    bool has_open_quality() const {
        const auto& quality = ir::step_of(stream_.elements[production_])->quality;
        return quality && quality->state == ir::Quality::State::unknown;
    }

    /// The share of deployments by items that were in production before: 1 − probability of ever getting there /
    /// visits.
    void add_rework() {
        const Metric key = Metric::dora_deployment_rework_rate;
        if (!production_.valid()) return leave_out(metrics_, key, Lack::no_production);
        if (metrics_.expected.endless) return leave_out(metrics_, key, Lack::endless_rework);
        const double visits = metrics_.elements[production_].visits.value_or(0);
        const std::optional<double> ever =
            passed_by_all(production_) ? std::optional(1.0) : input_.times.ever_comes_to(production_);
        if (!ever) return leave_out(metrics_, key, Lack::open_branch, production_);
        if (visits <= *ever * (1 + 1e-12)) return leave_out(metrics_, key, Lack::no_rework_there, production_);
        dora().deployment_rework_rate = figure(std::nullopt, 1 - *ever / visits);
    }

    void add_incidents() {
        const Metric key = Metric::dora_open_incidents;
        if (metrics_.load.recovery_overloaded) return leave_out(metrics_, key, Lack::recovery_over_capacity);
        // Failures occur around the clock: those of a working week spread over 168 hours.
        const double per_elapsed = dora().break_fix_rate->value / elapsed_factor(stream_.calendar);
        const auto incidents = [&](double time) { return per_elapsed * time / microseconds_per_second; };
        if (const auto& time = dora().failed_deployment_recovery_time)
            dora().open_incidents = figure(std::nullopt, incidents(time->value));
        else
            carry_on(key, Metric::dora_failed_deployment_recovery_time);
        if (const auto& time = dora().failed_deployment_recovery_time_at_least)
            dora().open_incidents_at_least = incidents(*time);
    }

    const DoraInput& input_;
    const ir::Stream& stream_;
    StreamMetrics& metrics_;
    ElementId production_;
};

}  // namespace

double elapsed_factor(const Calendar& calendar) { return 168 * hour / static_cast<double>(calendar.week.microseconds); }

std::optional<double> break_fix_per_week(const ir::Stream& stream, const ir::StreamFacts& facts,
                                         const StreamMetrics& metrics) {
    const ElementId production = production_step(stream, facts);
    const auto failures = stream.change_failure ? stated_failures(stream) : derived_failures(stream, production);
    std::optional<double> deployments;
    if (stream.deploys)
        deployments = stream.deploys->per_second();
    else if (stream.demand)
        deployments = deployments_per_second(stream, production, metrics, stream.demand->per_second());
    if (!failures || !deployments) return std::nullopt;
    return *failures * *deployments * static_cast<double>(stream.calendar.week.microseconds) / microseconds_per_second;
}

void add_dora(const DoraInput& input, StreamMetrics& metrics) { DoraKeys(input, metrics).run(); }

}  // namespace vsm::runtime
