// Load on people and teams under the stream's demand (docs/metrics.md, "Load").
#pragma once

#include "runtime/metrics.h"

namespace vsm::runtime {

/// Input for the load.
struct LoadInput {
    const ir::Model& model;
    const ir::Stream& stream;
    const ir::StreamFacts& facts;
    const std::vector<double>& visits;         ///< by element id
    const StreamMetrics* recovery = nullptr;   ///< figures of this stream's recovery stream, or null
    std::optional<double> break_fix_per_week;  ///< items that enter the recovery stream
};

/// Fills `load` and the utilization of the steps; requires `expected`. With λ the demand, v visits, t process time and
/// b the batch:
/// - utilization = λ · Σ v · t / b / (people · available · working time), 0 and up, above 1 over capacity; throughput =
///   min(λ, least capacity / visits) (Wallace J. Hopp and Mark L. Spearman, *Factory Physics*: utilization and the
///   bottleneck rate);
/// - takt = working time / λ (Mike Rother and John Shook, *Learning to See*, 1998); work in progress = λ · expected
///   lead time, unless somebody is over capacity (John D. C. Little, 1961: valid for equal arrival and departure
///   rates);
/// - effort = λ · Σ v · t / b of the people's work, each team of a step in full, in full-time people; cost = Σ v · t ·
///   cost of the teams / b, independent of λ. A repair on the spot counts as work of its team.
/// Work in progress, effort and cost have a lower bound if a time is unknown.
/// Figures that lack an input are absent, with the reason (runtime/figures/absent.h), never zero.
void add_load(const LoadInput& input, StreamMetrics& metrics);

/// Utilization of the busiest step or team, by what is known; empty if nobody is known to have work.
std::optional<double> highest_utilization(const StreamMetrics& metrics);
/// Whether a step with people of its own has the highest utilization, to 0.01 points.
bool is_busiest(const ir::Stream& stream, const StreamMetrics& metrics, ir::ElementId id);
/// The teams with the highest utilization, to 0.01 points; empty if a step has a higher one.
std::vector<ir::TeamId> busiest_teams(const StreamMetrics& metrics);

}  // namespace vsm::runtime
