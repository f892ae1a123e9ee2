// The figures of a stream: as drawn, with rework, under load (docs/metrics.md). Knows nothing of goals and of other streams beside it, and
// not how a figure is shown (runtime/report.h).
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

// Lead time, process time, %C&A, activity ratio: Karen Martin and Mike Osterling, *Value Stream Mapping*, 2013. The timeline, queues as days
// of demand, takt: Mike Rother and John Shook, *Learning to See*, 1998. Throughput, work in progress and lead time: John D. C. Little, "A
// Proof for the Queuing Formula: L = λW", Operations Research 9 (3), 1961; capacity and the bottleneck that bounds throughput: Wallace J. Hopp
// and Mark L. Spearman, *Factory Physics*. Visits: John G. Kemeny and J. Laurie Snell, *Finite Markov Chains*, 1960, chapter 3. The keys of
// DORA: dora.dev/guides/dora-metrics-four-keys.

/// Working time in microseconds, at least 0. Unknown (`known` false): what it is at least, from what is known.
struct TimeFigure {
    double microseconds = 0;
    bool known = true;
    bool operator==(const TimeFigure&) const = default;
};

/// The rolled percent complete and accurate of a whole stream, 0 to 1: the product of its steps' (Martin and Osterling). Nothing when no step states one, or one is `?` or
/// missing; then `at_most` is the product of those that are known.
struct QualityFigure {
    std::optional<double> value;
    std::optional<double> at_most;
    std::optional<double> stated{};  ///< what a wall adds up, where steps state none but no step says `?`: the product of those that do
    bool operator==(const QualityFigure&) const = default;
};

/// The times and ratios of a stream, every range at its mean, its low or its high end.
struct Figures {
    TimeFigure lead_time;
    TimeFigure process_time;        ///< on the timeline
    TimeFigure wait_time;           ///< lead time less process time
    TimeFigure total_process_time;  ///< all the work, on or off the timeline
    std::optional<double>
        activity_ratio;  ///< process time / lead time, 0 to 1 (Martin and Osterling); nothing when either is unknown or no time passes
    std::optional<double>
        pce;  ///< process cycle efficiency, 0 to 1: process time of class `va` / lead time; nothing unless every step with process time on the timeline has a class
    QualityFigure rolled_ca;
    bool operator==(const Figures&) const = default;
};

/// What an item takes on average with rework: Σ visits · time over the absorbing chain (Kemeny and Snell); without any, the same as drawn.
struct Expected {
    TimeFigure lead_time;
    TimeFigure process_time;        ///< on the timeline
    TimeFigure total_process_time;  ///< all the work
    double first_pass_yield = 1;    ///< probability that an item meets no rework
    bool approximate = false;       ///< the times are those of the longest expected way, or `once` beyond ten was simplified
    bool endless = false;           ///< some step would be visited so often that no time can be said
    bool operator==(const Expected&) const = default;
};

/// Whether an element's time is part of the lead time; undecided when an unknown time says which of two ways is longer.
enum class OnTimeline { no, yes, undecided };

struct ElementMetrics {
    TimeFigure lead_time, process_time, wait_time;
    std::optional<double> ca;  ///< of a step that states one
    std::optional<double> visits;  ///< expected, of a step, wait, queue, parallel or choose
    double rework_time = 0;             ///< of a leaf: expected microseconds beyond its first pass, for an item that comes here; at least, where its times are unknown
    bool rework_known = true;           ///< false where an unknown time is repeated or a repair's time is unknown
    double share_of_lead_time = 0;      ///< of a leaf that is part of it in any case: what is known of its part of the expected lead time, in microseconds
    std::optional<double> utilization;  ///< of a step: of its own people, or of the busiest of its teams
    OnTimeline on_timeline = OnTimeline::no;
    bool operator==(const ElementMetrics&) const = default;
};

struct TeamLoad {
    ir::TeamId team;
    double utilization;  ///< of its people's working time; above 1 it cannot keep up
    bool operator==(const TeamLoad&) const = default;
};

/// Hands-on time that one item takes of people who share it among their steps: a team, or those of one step.
struct Asked {
    std::variant<ir::ElementId, ir::TeamId> of;
    TimeFigure work;
    bool operator==(const Asked&) const = default;
};

/// What the demand asks of the people. Nothing where the map does not state what a figure needs.
struct Load {
    /// Items a second of working time: the demand, or the bottleneck's capacity / visits if that is less (Hopp and Spearman). Nothing where
    /// nobody's people are stated.
    std::optional<double> throughput;
    std::optional<double> takt;        ///< microseconds of working time an item: working time / demand (Rother and Shook)
    std::optional<double> wip;         ///< items: demand · expected lead time (Little); nothing where more comes than can be done
    std::optional<double> effort_fte;  ///< people working full time: demand · what an item takes of them / batch
    std::optional<double> cost;        ///< an item, in the map's money: Σ visits · process time · cost of the teams / batch; needs no demand
    std::vector<TeamLoad> teams;       ///< by id, those whose people are stated
    std::vector<Asked> asked;          ///< steps with people of their own, then teams, each by id
    /// Who cannot keep up: of those over 1 the step or team with the highest utilization.
    std::optional<std::variant<ir::ElementId, ir::TeamId>> overloaded;
    bool recovery_overloaded = false;  ///< of those who mend what fails somebody cannot keep up
    /// The step or team with the highest utilization that is known.
    std::optional<std::variant<ir::ElementId, ir::TeamId>> constraint;
    /// Those whose people are stated and whose work is not known.
    std::vector<std::variant<ir::ElementId, ir::TeamId>> open;
    bool operator==(const Load&) const = default;
};

/// A DORA figure as stated in the map, or as it follows from it.
struct DoraFigure {
    double value = 0;
    bool stated = false;
    std::optional<double> derived;  ///< beside a stated one
    bool operator==(const DoraFigure&) const = default;
};

/// Times are elapsed, in microseconds, and means, where DORA asks for medians; rates are for a second of the stream's working time; shares 0 to
/// 1. Nothing where the map neither states a key nor what it would follow from.
struct Dora {
    std::optional<DoraFigure> change_lead_time;
    std::optional<DoraFigure> deployment_frequency;
    std::optional<DoraFigure> change_failure_rate;
    std::optional<DoraFigure> failed_deployment_recovery_time;
    std::optional<DoraFigure> break_fix_rate;
    std::optional<DoraFigure> open_incidents;
    std::optional<DoraFigure> deployment_rework_rate;
    bool operator==(const Dora&) const = default;
};

enum class Change { wait_halved, rework_gone, removed, all_accurate };

/// What one change to one leaf would do.
struct Lever {
    ir::ElementId element;
    Change change = Change::wait_halved;
    double expected_lead_time = 0;    ///< then, in microseconds; of what is known where the expected lead time is not
    double saved = 0;                 ///< microseconds less than now; below 0 where it would take longer
    bool saves_more = false;          ///< `saved` is what is known of it: an unknown time may go as well
    std::optional<double> rolled_ca;  ///< then, where it changes; a bound where the rolled %C&A is one
    std::string_view hint;            ///< a DORA capability that treats what shows here; empty when no pattern is known
    bool operator==(const Lever&) const = default;
};

/// A figure that is unknown, and the elements whose unknown values it needs, in the order written.
struct Unknown {
    ir::Metric metric;
    std::vector<ir::ElementId> because;
    bool operator==(const Unknown&) const = default;
};

/// Why a figure is absent (runtime/absent.def).
enum class Lack : std::uint8_t {
#define VSM_ABSENT(identifier, words) identifier,
#include "runtime/absent.def"
#undef VSM_ABSENT
};

/// A figure that the map does not give, and why: what is lacking, and of whom.
struct Absent {
    ir::Metric metric;
    Lack lack;
    std::optional<std::variant<ir::ElementId, ir::TeamId>> of = std::nullopt;
    bool operator==(const Absent&) const = default;
};

struct StreamMetrics {
    ir::StreamId stream;
    Figures mean;
    Figures best;                       ///< times at their low ends, %C&A at its high end
    Figures worst;                      ///< times at their high ends, %C&A at its low end
    Expected expected;
    /// The leaves with the largest part of what is known of the expected lead time, alike to 0.01 %; those that mostly wait first, each as written.
    std::vector<ir::ElementId> longest;
    std::optional<double> elapsed_time;  ///< expected, in microseconds around the clock
    Load load;
    Dora dora;
    std::vector<Lever> levers;  ///< those that save most first
    std::size_t rolled_ca_skipped = 0;  ///< steps without a %C&A, or to which it does not apply
    std::size_t rolled_ca_asked = 0;    ///< steps that items come to and to which a %C&A applies
    std::size_t rolled_ca_said = 0;     ///< those of them that state one
    std::size_t steps = 0;
    std::size_t handoffs = 0;
    std::vector<Unknown> unknown;
    std::vector<Absent> absent;  ///< in the order of ir/metric_keys.def: each figure of the stream that has no value and is not among `unknown`
    IdVector<ir::ElementId, ElementMetrics> elements;
};

/// All figures of one stream: `elements` has one entry for each element, by id. Total for every checked stream; what the map does not state is
/// absent, never zero. Near linear in its elements and their predecessors.
StreamMetrics measure(const ir::CheckedModel& model, ir::StreamId stream);

/// `longest` where they hold the stream up: each takes a quarter of the expected lead time or more, so they are four at most. Else none.
std::vector<ir::ElementId> held_up_by(const StreamMetrics& metrics);
class Solutions;

/// The figures of the streams of one model, each measured when somebody first asks for it. Borrows the model.
class Measurements {
public:
    explicit Measurements(const ir::CheckedModel& model);
    ~Measurements();

    const StreamMetrics& of(ir::StreamId stream);

private:
    /// Of a stream that recovers others, whatever recovers it.
    const StreamMetrics& recovering(ir::StreamId stream);

    const ir::CheckedModel& model_;
    std::map<ir::StreamId, std::optional<StreamMetrics>> measured_, recovering_;
    std::unique_ptr<Solutions> solutions_;
};

/// Every stream and future of the file itself, and before them the imported ones that its futures are based on, in the model's order.
std::vector<StreamMetrics> measure(const ir::CheckedModel& model);

/// The same from the parts of a checked model, without `stream`; `recovery` are the figures of the stream that recovers this one, or null;
/// `solutions` keeps what other streams of the same model share.
StreamMetrics measure(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
                      const StreamMetrics* recovery, Solutions& solutions);

}  // namespace vsm::runtime
