#include "runtime/metrics.h"

#include <algorithm>

#include "runtime/evaluate.h"
#include "runtime/handoffs.h"
#include "runtime/timeline.h"
#include "runtime/unknowns.h"

namespace vsm::runtime {
namespace {

TimeFigure figure_of(Amount amount) { return {amount.least, amount.known}; }

/// The difference where both are known, so that the three always fit; else what the waits alone say.
TimeFigure wait_of(const Passage& passage) {
    if (passage.lead.known && passage.process.known)
        return {std::max(0.0, passage.lead.least - passage.process.least), true};
    return figure_of(passage.wait);
}

QualityFigure quality_of(const Contents& contents) {
    if (!contents.quality_given) return {};
    if (!contents.quality_known) return {std::nullopt, contents.quality};
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
    if (!passage.lead.known || passage.lead.least <= 0) return figures;
    if (passage.process.known) figures.activity_ratio = passage.process.least / passage.lead.least;
    if (passage.classed && !passage.unclassed && passage.adding.known)
        figures.pce = passage.adding.least / passage.lead.least;
    return figures;
}

ElementMetrics element_metrics(const ir::Element& element, const Passage& passage, const Place& place) {
    ElementMetrics metrics{figure_of(passage.lead), figure_of(passage.process), wait_of(passage), std::nullopt,
                           place.on};
    const auto* step = std::get_if<ir::Step>(&element.what);
    if (step != nullptr && step->quality && step->quality->state == ir::Quality::State::known)
        metrics.ca = step->quality->mean();
    return metrics;
}

void count_steps(const ir::Stream& stream, StreamMetrics& metrics) {
    for (const ir::Element& element : stream.elements) {
        const auto* step = std::get_if<ir::Step>(&element.what);
        if (step == nullptr) continue;
        ++metrics.steps;
        if (!step->quality || step->quality->state == ir::Quality::State::not_applicable) ++metrics.rolled_ca_skipped;
    }
}

bool is_range(const ir::ResolvedTime& time) { return time.spread.low != time.spread.high; }

/// Whether best and worst can differ from the mean.
bool has_ranges(const ir::Stream& stream, const ir::StreamFacts& facts) {
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId id = stream.elements.id_at(i);
        const ir::ResolvedTimings& timings = facts.elements[id].timings;
        if (is_range(timings.process) || is_range(timings.wait) || is_range(timings.lead)) return true;
        const auto* step = std::get_if<ir::Step>(&stream.elements[id].what);
        if (step != nullptr && step->quality && step->quality->low != step->quality->high) return true;
    }
    return false;
}

}  // namespace

StreamMetrics measure(const ir::Stream& stream, const ir::StreamFacts& facts) {
    const BodyGraphs graphs(stream);
    const Evaluation mean = evaluate(stream, facts, graphs, At::mean);
    const std::vector<Place> places = places_of(stream, facts, graphs, mean);
    StreamMetrics metrics;
    metrics.mean = metrics.best = metrics.worst = figures_of(mean);
    if (has_ranges(stream, facts)) {
        metrics.best = figures_of(evaluate(stream, facts, graphs, At::best));
        metrics.worst = figures_of(evaluate(stream, facts, graphs, At::worst));
    }
    count_steps(stream, metrics);
    metrics.handoffs = count_handoffs(stream, graphs);
    metrics.unknown = unknowns_of(stream, facts, places, mean, metrics.mean);
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId id = stream.elements.id_at(i);
        metrics.elements.add(element_metrics(stream.elements[id], mean.elements[i], places[i]));
    }
    return metrics;
}

StreamMetrics measure(const ir::CheckedModel& model, ir::StreamId stream) {
    StreamMetrics metrics = measure(model.stream(stream), model.facts(stream));
    metrics.stream = stream;
    return metrics;
}

std::vector<StreamMetrics> measure(const ir::CheckedModel& model) {
    std::vector<StreamMetrics> all;
    const auto& streams = model.model().streams;
    for (std::size_t i = 0; i < streams.size(); ++i)
        if (!streams[streams.id_at(i)].imported) all.push_back(measure(model, streams.id_at(i)));
    return all;
}

}  // namespace vsm::runtime
