#include "runtime/times/unknowns.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::Metric;

/// The figures that a leaf makes unknown.
struct Blame {
    bool lead_time, process_time, total_process_time, wait_time, activity_ratio, pce, rolled_ca;
    bool expected_lead_time, expected_process_time, expected_total_process_time;
};

struct Row {
    Metric metric;
    bool Blame::* blamed;
};

Blame blame_of(const ir::Element& element, const ir::ElementFacts& facts, const Place& place, const Passage& passage,
               bool any_quality) {
    const bool passed = facts.share > 0;
    const bool on = place.on != OnTimeline::no;
    const bool no_lead = passed && !passage.lead.known;
    const auto* step = ir::step_of(element);
    Blame blame{};
    blame.lead_time = no_lead;
    blame.process_time = on && (!passage.process.known || (no_lead && place.leaves_process_open));
    blame.total_process_time = passed && !passage.process.known;
    blame.wait_time = on && (!passage.wait.known || (no_lead && place.leaves_wait_open));
    blame.activity_ratio = blame.lead_time || blame.process_time;
    blame.pce = no_lead || (on && !passage.adding.known);
    const bool no_quality =
        step != nullptr && (step->quality ? step->quality->state == ir::Quality::State::unknown : any_quality);
    blame.rolled_ca = passed && no_quality;
    return blame;
}

/// With rework, any visit counts, repairs included. For endless rework, the steps that send back are to blame.
void blame_expected(const ir::Element& element, const Place& place, const Passage& visit, double visits, bool endless,
                    Blame& blame) {
    const auto* step = ir::step_of(element);
    const bool sends_back = endless && step != nullptr && !step->reworks.empty();
    const bool passed = visits > 0;
    const bool on = passed && place.on != OnTimeline::no;
    const bool no_lead = passed && !visit.lead.known;
    blame.expected_lead_time = sends_back || no_lead;
    blame.expected_process_time =
        sends_back || (on && (!visit.process.known || (no_lead && place.leaves_process_open)));
    blame.expected_total_process_time = sends_back || (passed && !visit.process.known);
}

/// The unknown figures, in metric order.
std::vector<Row> unknown_rows(const StreamMetrics& metrics, const Evaluation& evaluation) {
    const Figures& mean = metrics.mean;
    const Passage& whole = evaluation.passage;
    const bool has_pce = whole.classed && !whole.unclassed;
    std::vector<Row> rows;
    const auto add_if = [&](bool unknown, Row row) {
        if (unknown) rows.push_back(row);
    };
    add_if(!mean.lead_time.known, {Metric::lead_time, &Blame::lead_time});
    add_if(!mean.process_time.known, {Metric::process_time, &Blame::process_time});
    add_if(!mean.total_process_time.known, {Metric::total_process_time, &Blame::total_process_time});
    add_if(!mean.wait_time.known, {Metric::wait_time, &Blame::wait_time});
    add_if(!mean.lead_time.known || !mean.process_time.known, {Metric::activity_ratio, &Blame::activity_ratio});
    add_if(has_pce && (!whole.lead.known || !whole.adding.known), {Metric::pce, &Blame::pce});
    const Contents& contents = evaluation.contents;
    add_if(!contents.quality_known || (contents.quality_given && contents.quality_missing),
           {Metric::rolled_ca, &Blame::rolled_ca});
    const Expected& expected = metrics.expected;
    add_if(!expected.lead_time.known, {Metric::expected_lead_time, &Blame::expected_lead_time});
    add_if(!expected.process_time.known, {Metric::expected_process_time, &Blame::expected_process_time});
    add_if(!expected.total_process_time.known,
           {Metric::expected_total_process_time, &Blame::expected_total_process_time});
    return rows;
}

void collect_leaves(const ir::Stream& stream, const std::vector<ElementId>& elements, std::vector<ElementId>& leaves) {
    for (const ElementId id : elements) {
        const auto& inside = ir::children_of(stream.elements[id]);
        if (inside.empty()) leaves.push_back(id);
        collect_leaves(stream, inside, leaves);
    }
}

}  // namespace

std::vector<Unknown> unknowns_of(const UnknownInput& input, const StreamMetrics& metrics) {
    const std::vector<Row> rows = unknown_rows(metrics, input.evaluation);
    if (rows.empty()) return {};
    std::vector<Unknown> unknowns;
    for (const Row& row : rows) unknowns.push_back({row.metric, {}});
    std::vector<ElementId> leaves;
    collect_leaves(input.stream, input.stream.body.elements, leaves);
    for (const ElementId id : leaves) {
        const std::size_t i = id.index;
        Blame blame = blame_of(input.stream.elements[id], input.facts.elements[id], input.places[i],
                               input.evaluation.elements[i], input.evaluation.contents.quality_given);
        blame_expected(input.stream.elements[id], input.places[i], input.leaves[i], input.visits[i],
                       metrics.expected.endless, blame);
        for (std::size_t k = 0; k < rows.size(); ++k)
            if (blame.*rows[k].blamed) unknowns[k].because.push_back(id);
    }
    return unknowns;
}

}  // namespace vsm::runtime
