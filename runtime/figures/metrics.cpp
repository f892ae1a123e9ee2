#include "runtime/metrics.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/quotient.h"
#include "runtime/figures/absent.h"
#include "runtime/figures/dora.h"
#include "runtime/figures/handoffs.h"
#include "runtime/figures/hints.h"
#include "runtime/figures/levers.h"
#include "runtime/figures/load.h"
#include "runtime/figures/measure.h"
#include "runtime/rework/rework.h"
#include "runtime/rework/solutions.h"
#include "runtime/times/evaluate.h"
#include "runtime/times/timeline.h"
#include "runtime/times/unknowns.h"

namespace vsm::runtime {
namespace {

TimeFigure figure_of(Amount amount) { return {amount.least, amount.known}; }

/// The difference if both are known, so that the three add up; else the sum of the waits.
TimeFigure wait_of(const Passage& passage) {
    if (passage.lead.known && passage.process.known)
        return {std::max(0.0, passage.lead.least - passage.process.least), true};
    return figure_of(passage.wait);
}

QualityFigure quality_of(const Contents& contents) {
    if (!contents.quality_given) return {};
    if (!contents.quality_known) return {std::nullopt, contents.quality};
    if (contents.quality_missing) return {std::nullopt, contents.quality, contents.quality};
    return {contents.quality, std::nullopt};
}

Figures figures_of(const Evaluation& evaluation) {
    const Passage& passage = evaluation.passage;
    Figures figures;
    figures.lead_time = figure_of(passage.lead);
    figures.process_time = figure_of(passage.process);
    figures.wait_time = wait_of(passage);
    figures.total_process_time = figure_of(evaluation.contents.work);
    figures.rolled_ca = quality_of(evaluation.contents);
    if (!passage.lead.known) return figures;
    if (passage.process.known) figures.activity_ratio = share_of(passage.process.least, passage.lead.least);
    if (passage.classed && !passage.unclassed && passage.adding.known)
        figures.pce = share_of(passage.adding.least, passage.lead.least);
    return figures;
}

bool is_stop(const ir::Element& element) {
    return !std::holds_alternative<ir::Stage>(element.what) && !std::holds_alternative<ir::Branch>(element.what);
}

ElementMetrics element_metrics(const ir::Element& element, const Passage& passage, const Place& place, double visits) {
    ElementMetrics metrics;
    metrics.lead_time = figure_of(passage.lead);
    metrics.process_time = figure_of(passage.process);
    const auto* step = ir::step_of(element);
    // A stated `?` stays unknown, even if the other times would determine it.
    metrics.wait_time = step != nullptr && !passage.wait.known ? figure_of(passage.wait) : wait_of(passage);
    metrics.on_timeline = place.on;
    if (is_stop(element)) metrics.visits = visits;
    if (step != nullptr && step->quality && step->quality->state == ir::Quality::State::known)
        metrics.ca = step->quality->mean();
    return metrics;
}

void count_steps(const ir::Stream& stream, const ir::StreamFacts& facts, StreamMetrics& metrics) {
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const auto* step = ir::step_of(stream.elements[stream.elements.id_at(i)]);
        if (step == nullptr) continue;
        const bool inapplicable = step->quality && step->quality->state == ir::Quality::State::not_applicable;
        ++metrics.steps;
        if (!step->quality || inapplicable) ++metrics.rolled_ca_skipped;
        if (inapplicable || facts.elements[stream.elements.id_at(i)].share <= 0) continue;
        ++metrics.rolled_ca_asked;
        if (step->quality && step->quality->state == ir::Quality::State::known) ++metrics.rolled_ca_said;
    }
}

bool is_range(const ir::ResolvedTime& time) { return time.spread.low != time.spread.high; }

/// Whether best or worst may differ from the mean.
bool has_ranges(const ir::Stream& stream, const ir::StreamFacts& facts) {
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId id = stream.elements.id_at(i);
        const ir::ResolvedTimings& timings = facts.elements[id].timings;
        if (is_range(timings.process) || is_range(timings.wait) || is_range(timings.lead)) return true;
        const auto* step = ir::step_of(stream.elements[id]);
        if (step != nullptr && step->quality && step->quality->low != step->quality->high) return true;
    }
    return false;
}

/// Process time over all visits of all leaves.
Amount work_of(const std::vector<Passage>& leaves, const std::vector<double>& visits) {
    Amount work;
    for (std::size_t i = 0; i < leaves.size(); ++i)
        if (visits[i] > 0) work = work + visits[i] * leaves[i].process;
    return work;
}

/// The leaves with the longest known time, those that mostly wait first; empty if no time is known to pass.
std::vector<ir::ElementId> longest_of(const ir::Stream& stream, const std::vector<Passage>& leaves,
                                      const std::vector<double>& visits) {
    constexpr double alike = 1e-4;
    const auto time = [&](std::size_t i) { return visits[i] * leaves[i].lead.least; };
    double most = 0;
    for (std::size_t i = 0; i < leaves.size(); ++i) most = std::max(most, time(i));
    std::vector<ir::ElementId> longest;
    for (std::size_t i = 0; i < leaves.size() && most > 0; ++i)
        if (time(i) >= most * (1 - alike)) longest.push_back(stream.elements.id_at(i));
    std::stable_partition(longest.begin(), longest.end(), [&](ir::ElementId id) {
        return leaves[id.index].wait.least > leaves[id.index].process.least;
    });
    return longest;
}

/// Adjusts queues that items visit more or less often than drawn: one visit takes items / (demand · visits). Returns
/// whether there are any.
bool settle_queues(const ir::Stream& stream, const std::vector<double>& visits, std::vector<Passage>& leaves) {
    bool any = false;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const auto* queue = std::get_if<ir::Queue>(&stream.elements[stream.elements.id_at(i)].what);
        if (queue == nullptr || !(visits[i] > 0)) continue;
        const double time = ir::waiting_time(*queue, *stream.demand, visits[i]);
        if (std::abs(time - leaves[i].lead.least) <= 1e-12 * time) continue;
        leaves[i].lead.least = leaves[i].wait.least = time;
        any = true;
    }
    return any;
}

Expected expected_of(const ir::Stream& stream, const ir::StreamFacts& facts, const ExpectedTimes& times, Amount work) {
    const Passage total = times.total();
    const bool sayable = !times.endless();
    Expected expected;
    expected.lead_time = {total.lead.least, total.lead.known && sayable};
    expected.process_time = {total.process.least, total.process.known && sayable};
    expected.total_process_time = {work.least, work.known && sayable};
    expected.first_pass_yield = first_pass_yield(stream, facts);
    expected.endless = !sayable;
    return expected;
}

bool repairs_known(const ir::Element& element, const ir::ElementFacts& facts) {
    const auto* step = ir::step_of(element);
    for (std::size_t i = 0; step != nullptr && i < step->reworks.size(); ++i)
        if (step->reworks[i].rate.parts > 0 && !facts.repairs[i].lead.known) return false;
    return true;
}

/// Time of a leaf beyond the first pass: repeated passes and repairs.
void add_rework(const ir::Element& element, const ir::ElementFacts& facts, double visits, double visit,
                ElementMetrics& metrics) {
    const std::optional<double> each = share_of(visits, facts.share);
    if (!each) return;
    const double first = metrics.lead_time.microseconds;
    const double again = *each * visit - first;
    if (again > 1e-9 * first) metrics.rework_time = again;
    metrics.rework_known = repairs_known(element, facts) && (metrics.lead_time.known || *each <= 1 + 1e-9);
}

StreamMetrics measure(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
                      const StreamMetrics* recovery, Solutions& solutions, bool with_levers) {
    const BodyGraphs graphs(stream);
    const Evaluation mean = evaluate(stream, facts, graphs, At::mean);
    const std::vector<Place> places = places_of(stream, facts, graphs, mean);
    StreamMetrics metrics;
    metrics.mean = metrics.best = metrics.worst = figures_of(mean);
    if (has_ranges(stream, facts)) {
        metrics.best = figures_of(evaluate(stream, facts, graphs, At::best));
        metrics.worst = figures_of(evaluate(stream, facts, graphs, At::worst));
    }
    const Routes routes(stream, facts, graphs, solutions.budget_share());
    std::vector<Passage> leaves = visits_of_leaves(stream, facts, mean);
    Router router(routes, &solutions);
    ExpectedTimes first(router, leaves);
    const std::vector<double> visits = first.visits();
    std::optional<ExpectedTimes> again;
    if (!router.endless() && settle_queues(stream, visits, leaves)) again.emplace(router, leaves);
    ExpectedTimes& times = again ? *again : first;
    metrics.expected = expected_of(stream, facts, times, work_of(leaves, visits));
    metrics.expected.approximate = is_approximate(routes, mean);
    std::vector<double> on_timeline(leaves.size());
    if (!metrics.expected.endless) {
        on_timeline = times.visits_on_timeline();
        metrics.longest = longest_of(stream, leaves, on_timeline);
        if (with_levers) metrics.levers = levers_of(stream, facts, mean, leaves, on_timeline, times);
        if (with_levers) add_hints(model, stream, metrics.levers);
    }
    count_steps(stream, facts, metrics);
    metrics.handoffs = count_handoffs(stream, graphs);
    metrics.unknown = unknowns_of({stream, facts, places, mean, leaves, visits}, metrics);
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId id = stream.elements.id_at(i);
        ElementMetrics one = element_metrics(stream.elements[id], mean.elements[i], places[i], visits[i]);
        one.share_of_lead_time = on_timeline[i] * leaves[i].lead.least;
        if (!metrics.expected.endless && ir::children_of(stream.elements[id]).empty())
            add_rework(stream.elements[id], facts.elements[id], visits[i], leaves[i].lead.least, one);
        metrics.elements.add(one);
    }
    add_load({model, stream, facts, visits, recovery, break_fix_per_week(stream, facts, metrics)}, metrics);
    add_dora({stream, facts, times, leaves, recovery}, metrics);
    settle_absent(metrics.mean, mean.passage.classed || mean.passage.unclassed, metrics);
    return metrics;
}

}  // namespace

StreamMetrics measure(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
                      const StreamMetrics* recovery, Solutions& solutions) {
    return measure(model, stream, facts, recovery, solutions, true);
}

StreamMetrics measure_figures(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
                              const StreamMetrics* recovery, Solutions& solutions) {
    return measure(model, stream, facts, recovery, solutions, false);
}

const StreamMetrics& Measurements::of(ir::StreamId stream) {
    std::optional<StreamMetrics>& metrics = measured_[stream];
    if (metrics) return *metrics;
    const ir::StreamId recovery = model_.recovery_of(stream);
    metrics = measure(model_.model(), model_.stream(stream), model_.facts(stream),
                      recovery.valid() ? &recovering(recovery) : nullptr, *solutions_);
    metrics->stream = stream;
    return *metrics;
}

Measurements::Measurements(const ir::CheckedModel& model)
    : model_(model), solutions_(std::make_unique<Solutions>(model.model())) {}
Measurements::~Measurements() = default;

const StreamMetrics& Measurements::recovering(ir::StreamId stream) {
    if (!model_.recovery_of(stream).valid()) return of(stream);
    std::optional<StreamMetrics>& metrics = recovering_[stream];
    if (metrics) return *metrics;
    metrics = measure(model_.model(), model_.stream(stream), model_.facts(stream), nullptr, *solutions_);
    metrics->stream = stream;
    return *metrics;
}

std::vector<ir::ElementId> held_up_by(const StreamMetrics& metrics) {
    constexpr double least = 0.25 * (1 - 1e-9);
    constexpr std::size_t most = 4;
    if (metrics.longest.size() > most) return {};
    double longest = 0;
    for (const ir::ElementId id : metrics.longest) longest = std::max(longest, metrics.elements[id].share_of_lead_time);
    return longest >= least * metrics.expected.lead_time.microseconds ? metrics.longest : std::vector<ir::ElementId>{};
}

StreamMetrics measure(const ir::CheckedModel& model, ir::StreamId stream) { return Measurements(model).of(stream); }

std::vector<StreamMetrics> measure(const ir::CheckedModel& model) {
    std::vector<StreamMetrics> all;
    Measurements measurements(model);
    const auto& streams = model.model().streams;
    std::set<ir::StreamId> wanted;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        ir::StreamId id = streams.id_at(i);
        if (streams[id].imported) continue;
        wanted.insert(id);
        while (streams[id].future && wanted.insert(streams[id].future->of).second) id = streams[id].future->of;
    }
    for (const ir::StreamId id : wanted) all.push_back(measurements.of(id));
    return all;
}

}  // namespace vsm::runtime
