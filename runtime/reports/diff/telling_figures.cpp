#include "runtime/reports/diff/telling_figures.h"

#include <cmath>

#include "base/quotient.h"

namespace vsm::runtime {

using ir::Metric;

bool is_lost(const TargetChange& one) {
    return one.worse && !one.tightened && one.before == Verdict::met && one.after && one.after != Verdict::met &&
           one.after != Verdict::unknown;
}

const FigureChange* change_of(const StreamChange& change, Metric metric) {
    for (const FigureChange& one : change.figures)
        if (one.metric == metric) return &one;
    return nullptr;
}

double weight_of(const FigureChange& one) {
    constexpr double missing_weight = 1e3;
    const auto ratio =
        one.before.value && one.after.value ? share_of(*one.after.value, *one.before.value) : std::nullopt;
    return ratio ? std::fabs(*ratio - 1) : missing_weight;
}

bool is_known(const FigureChange& one) { return one.before.value && one.after.value; }

std::string_view knowledge_of(const FigureChange& one) {
    if (one.before.value) return "becomes unknown";
    return one.after.value ? "becomes known" : "is still unknown";
}

const FigureChange* most_telling(const StreamChange& change) {
    static constexpr Metric order[] = {Metric::rolled_ca,
                                       Metric::throughput,
                                       Metric::process_time,
                                       Metric::total_process_time,
                                       Metric::first_pass_yield,
                                       Metric::effort_fte,
                                       Metric::wip,
                                       Metric::cost,
                                       Metric::handoffs,
                                       Metric::steps,
                                       Metric::takt,
                                       Metric::dora_change_failure_rate,
                                       Metric::dora_deployment_frequency,
                                       Metric::dora_change_lead_time};
    for (const Metric metric : order)
        if (const FigureChange* found = change_of(change, metric)) return found;
    for (const FigureChange& one : change.figures)
        if (is_known(one)) return &one;
    return nullptr;
}

std::string relation_text(ir::Relation relation) {
    switch (relation) {
        case ir::Relation::at_most: return "≤";
        case ir::Relation::at_least: return "≥";
        default: return std::string(text_of(relation));
    }
}

}  // namespace vsm::runtime
