// What the demand asks of people and teams (docs/metrics.md, "Load").
#pragma once

#include "runtime/metrics.h"

namespace vsm::runtime {

/// What a load is computed from.
struct LoadInput {
    const ir::Model& model;
    const ir::Stream& stream;
    const ir::StreamFacts& facts;
    const std::vector<double>& visits;         ///< by element id
    const StreamMetrics* recovery = nullptr;   ///< figures of the stream that recovers this one
    std::optional<double> break_fix_per_week;  ///< items that come to it
};

/// Fills `load` and the utilization of the steps; `expected` is there already. With λ the demand, v visits, t process time and b the batch:
/// - utilization = λ · Σ v · t / b / (people · available · working time), 0 and up, above 1 where they cannot keep up; throughput = min(λ, least
///   capacity / visits) (Wallace J. Hopp and Mark L. Spearman, *Factory Physics*: utilization and the bottleneck rate);
/// - takt = working time / λ (Mike Rother and John Shook, *Learning to See*, 1998); work in progress = λ · expected lead time, as long as nobody
///   is asked for more than they can do (John D. C. Little, 1961: of what comes and goes at one pace);
/// - effort = λ · Σ v · t / b of what people do, each team of a step in full, in people working full time; cost = Σ v · t · cost of the teams / b,
///   which needs no λ. Repairs on the spot count as what their team does.
/// What the map does not give is absent, with the reason (runtime/absent.h), and never zero.
void add_load(const LoadInput& input, StreamMetrics& metrics);

/// Of the step or team that is the constraint.
std::optional<double> highest_utilization(const StreamMetrics& metrics);
/// Whether a step with people of its own is as busy as the busiest, to 0.01 points.
bool is_busiest(const ir::Stream& stream, const StreamMetrics& metrics, ir::ElementId id);
/// The teams that are as busy as the busiest, to 0.01 points; none where a step is busier.
std::vector<ir::TeamId> busiest_teams(const StreamMetrics& metrics);

}  // namespace vsm::runtime
