// The figures of a stream: as drawn, with rework, under load (docs/metrics.md). Does not depend on goals, on other
// streams except the one that recovers it, or on how a figure is displayed (runtime/reports/metrics/report.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "ir/checked_model.h"

namespace vsm::runtime {

// Lead time, process time, %C&A, activity ratio: Karen Martin and Mike Osterling, *Value Stream Mapping*, 2013. The
// timeline, queues as days of demand, takt: Mike Rother and John Shook, *Learning to See*, 1998. Throughput, work in
// progress and lead time: John D. C. Little, "A Proof for the Queuing Formula: L = λW", Operations Research 9 (3),
// 1961; capacity and the bottleneck that bounds throughput: Wallace J. Hopp and Mark L. Spearman, *Factory Physics*.
// Visits: John G. Kemeny and J. Laurie Snell, *Finite Markov Chains*, 1960, chapter 3. DORA keys:
// dora.dev/guides/dora-metrics-four-keys.

/// Working time in microseconds, at least 0. If not `known`, a lower bound.
struct TimeFigure {
    double microseconds = 0;
    bool known = true;
    bool operator==(const TimeFigure&) const = default;
};

/// The rolled percent complete and accurate of a whole stream, 0 to 1: the product over its steps (Martin and
/// Osterling). No `value` unless every step states one; if only some do, `at_most` is the product of theirs.
struct QualityFigure {
    std::optional<double> value;
    std::optional<double> at_most;
    /// The product of the stated %C&A, ignoring steps that state none, as people multiply it on paper. Empty if every
    /// step states one, or any states `?`.
    std::optional<double> stated{};
    bool operator==(const QualityFigure&) const = default;
};

/// The times and ratios of a stream with every range at its mean, low or high end.
struct Figures {
    TimeFigure lead_time;
    TimeFigure process_time;        ///< on the timeline
    TimeFigure wait_time;           ///< lead time less process time
    TimeFigure total_process_time;  ///< all work, on or off the timeline
    /// Process time / lead time, 0 to 1 (Martin and Osterling); empty if either is unknown or the lead time is 0.
    std::optional<double> activity_ratio;
    /// Process cycle efficiency, 0 to 1: process time of class `va` / lead time; empty unless every step with process
    /// time on the timeline has a class.
    std::optional<double> pce;
    QualityFigure rolled_ca;
    bool operator==(const Figures&) const = default;
};

/// The mean for one item with rework: Σ visits · time over the absorbing chain (Kemeny and Snell); without rework, the
/// same as drawn.
struct Expected {
    TimeFigure lead_time;
    TimeFigure process_time;        ///< on the timeline
    TimeFigure total_process_time;  ///< all work
    double first_pass_yield = 1;    ///< probability that an item meets no rework
    bool approximate =
        false;             ///< the maximum of means is used for the mean of the maximum, or the routes are simplified
    bool endless = false;  ///< some step would be visited too often to state a time
    bool operator==(const Expected&) const = default;
};

/// Whether an element's time is part of the lead time; undecided if that depends on an unknown time.
enum class OnTimeline { no, yes, undecided };

struct ElementMetrics {
    TimeFigure lead_time, process_time, wait_time;
    std::optional<double> ca;      ///< of a step that states one
    std::optional<double> visits;  ///< expected; of a step, wait, queue, parallel or choose
    /// Of a leaf: expected microseconds beyond the first pass, for an item that gets here; a lower bound if its times
    /// are unknown.
    double rework_time = 0;
    bool rework_known = true;  ///< false if an unknown time repeats, or the time of a repair is unknown
    /// The contribution to the expected lead time, by its known part, of a leaf that is certainly on the timeline. In
    /// microseconds.
    double share_of_lead_time = 0;
    std::optional<double> utilization;           ///< of a step: of its own people, or of the busiest of its teams
    std::optional<double> utilization_at_least;  ///< the same if the work of one of these is unknown; 0 and up
    OnTimeline on_timeline = OnTimeline::no;
    bool operator==(const ElementMetrics&) const = default;
};

struct TeamLoad {
    ir::TeamId team;
    double utilization;  ///< share of its people's working time; above 1: over capacity
    bool operator==(const TeamLoad&) const = default;
};

/// Why a figure is absent (runtime/absent.def).
enum class Lack : std::uint8_t {
#define VSM_ABSENT(identifier, words) identifier,
#include "runtime/absent.def"
#undef VSM_ABSENT
};

/// A step or team with stated people whose load is unknown.
struct OpenLoad {
    std::variant<ir::ElementId, ir::TeamId> of;
    double at_least = 0;  ///< utilization by the known part of the work
    Lack lack;            ///< why the rest is unknown
    bool in_stream;       ///< has work in the stream itself, not only in its recovery
    bool operator==(const OpenLoad&) const = default;
};

/// Process time per item, counting every visit, of people who share it among their steps: a team, or the people of
/// one step.
struct Asked {
    std::variant<ir::ElementId, ir::TeamId> of;
    TimeFigure work;
    bool operator==(const Asked&) const = default;
};

/// The load that the demand puts on people. Empty members lack an input that the map does not state.
struct Load {
    /// Items per second of working time: the demand, or the bottleneck's capacity / visits if less (Hopp and Spearman).
    /// Empty if no people are stated.
    std::optional<double> throughput;
    std::optional<double> takt;  ///< microseconds of working time per item: working time / demand (Rother and Shook)
    std::optional<double> wip;   ///< items: demand · expected lead time (Little); empty if over capacity
    std::optional<double> effort_fte;  ///< full-time people: demand · hands-on time per item / batch
    std::optional<double>
        cost;  ///< per item, in the map's currency: Σ visits · process time · cost of the teams / batch; needs no demand
    /// The same without what is unknown: lower bounds; empty unless the figure is unknown and finite for what is known.
    std::optional<double> wip_at_least, effort_fte_at_least, cost_at_least;
    std::vector<TeamLoad> teams;  ///< by id; teams with stated people and known work, which may be 0
    std::vector<Asked> asked;     ///< steps with people of their own, then teams, each by id
    /// The step or team with the highest utilization above 1, among those that work in the stream itself.
    std::optional<std::variant<ir::ElementId, ir::TeamId>> overloaded;
    bool recovery_overloaded = false;  ///< somebody who works in the recovery stream is over capacity
    /// The step or team with the highest known utilization above 0.
    std::optional<std::variant<ir::ElementId, ir::TeamId>> busiest;
    /// The same; empty if there are `open` loads, because one of these may be higher.
    std::optional<std::variant<ir::ElementId, ir::TeamId>> constraint;
    std::vector<OpenLoad> open;  ///< steps, then teams, each by id
    bool operator==(const Load&) const = default;
};

/// A DORA key, stated in the map or derived from it.
struct DoraFigure {
    double value = 0;
    bool stated = false;
    std::optional<double> derived;  ///< in addition to a stated one
    bool operator==(const DoraFigure&) const = default;
};

/// Times are elapsed, in microseconds, and means, where DORA uses medians; rates are per second of the stream's working
/// time; shares 0 to 1. Empty if a key is neither stated nor derivable.
struct Dora {
    std::optional<DoraFigure> change_lead_time;
    std::optional<DoraFigure> deployment_frequency;
    std::optional<DoraFigure> change_failure_rate;
    std::optional<DoraFigure> failed_deployment_recovery_time;
    std::optional<DoraFigure> break_fix_rate;
    std::optional<DoraFigure> open_incidents;
    std::optional<DoraFigure> deployment_rework_rate;
    /// Lower bounds of those that an unknown time leaves empty.
    std::optional<double> change_lead_time_at_least, failed_deployment_recovery_time_at_least, open_incidents_at_least;
    bool operator==(const Dora&) const = default;
};

enum class Change { wait_halved, rework_gone, removed, all_accurate };

/// The effect of one change to one leaf.
struct Lever {
    ir::ElementId element;
    Change change = Change::wait_halved;
    double expected_lead_time =
        0;             ///< after the change, in microseconds; the known part if the expected lead time is unknown
    double saved = 0;  ///< microseconds; below 0 if it takes longer
    bool saves_more = false;          ///< `saved` is a lower bound: an unknown time may go as well
    std::optional<double> rolled_ca;  ///< after the change, if it changes; a bound if the rolled %C&A is one
    std::string_view hint;            ///< a DORA capability for this problem; empty if no pattern matches
    bool operator==(const Lever&) const = default;
};

/// An unknown figure, and the elements whose unknown values it needs, in source order.
struct Unknown {
    ir::Metric metric;
    std::vector<ir::ElementId> because;
    bool operator==(const Unknown&) const = default;
};

/// A figure that the map does not give: what is missing, and of which step or team.
struct Absent {
    ir::Metric metric;
    Lack lack;
    std::optional<std::variant<ir::ElementId, ir::TeamId>> of = std::nullopt;
    bool operator==(const Absent&) const = default;
};

struct StreamMetrics {
    ir::StreamId stream;
    Figures mean;
    Figures best;   ///< times at their low ends, %C&A at its high end
    Figures worst;  ///< times at their high ends, %C&A at its low end
    Expected expected;
    /// The leaves with the largest known contribution to the expected lead time, equal to within 0.01 %; first those
    /// that mostly wait, then the others, each in source order.
    std::vector<ir::ElementId> longest;
    std::optional<TimeFigure> elapsed_time;  ///< expected, around the clock; empty if rework is endless
    Load load;
    Dora dora;
    std::vector<Lever> levers;          ///< by descending saving
    std::size_t rolled_ca_skipped = 0;  ///< steps that state no %C&A, or to which it does not apply
    std::size_t rolled_ca_asked = 0;    ///< steps that items reach and to which a %C&A applies
    std::size_t rolled_ca_said = 0;     ///< of these, steps that state one
    std::size_t steps = 0;
    std::size_t handoffs = 0;
    std::vector<Unknown> unknown;
    /// In the order of ir/metric_keys.def: figures of the stream without a value that are not in `unknown`.
    std::vector<Absent> absent;
    IdVector<ir::ElementId, ElementMetrics> elements;
};

/// All figures of one stream; `elements` has one entry per element, by id. Defined for every checked stream; a figure
/// that lacks an input is absent, never zero. Near linear in elements and predecessors.
StreamMetrics measure(const ir::CheckedModel& model, ir::StreamId stream);

/// The bottlenecks: `longest` if each contributes at least a quarter of the expected lead time, so at most four; else
/// empty.
std::vector<ir::ElementId> held_up_by(const StreamMetrics& metrics);
class Solutions;

/// The figures of the streams of one model, each measured on first use. Borrows the model.
class Measurements {
public:
    explicit Measurements(const ir::CheckedModel& model);
    ~Measurements();

    const StreamMetrics& of(ir::StreamId stream);

private:
    /// The figures of a recovery stream, ignoring its own recovery stream.
    const StreamMetrics& recovering(ir::StreamId stream);

    const ir::CheckedModel& model_;
    std::map<ir::StreamId, std::optional<StreamMetrics>> measured_, recovering_;
    std::unique_ptr<Solutions> solutions_;
};

/// The figures of every stream and future of the file itself, and of the imported ones that its futures are based on,
/// in the model's order.
std::vector<StreamMetrics> measure(const ir::CheckedModel& model);

/// The same from the parts of a checked model, with `stream` unset. `recovery`: the figures of this stream's recovery
/// stream, or null. `solutions`: shared by the streams of one model.
StreamMetrics measure(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
                      const StreamMetrics* recovery, Solutions& solutions);

}  // namespace vsm::runtime
