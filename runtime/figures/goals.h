// Evaluates goals: targets with their verdicts, and expectations (docs/metrics.md, "Current and future"). Does not
// depend on diagnostics or on how a verdict is displayed.
#pragma once

#include <string>
#include <vector>

#include "runtime/figures/metric_values.h"

namespace vsm::runtime {

enum class Answer { yes, no, unknown };

/// The value of a goal as a figure: microseconds, 0 to 1, a count, or a rate per second of working time.
double amount_of(const ir::GoalValue& value);

/// Rounds a figure, in the unit of amount_of(), to the precision of a written value, halves up: `30%` has no decimals,
/// `8d4h` is in whole hours.
double rounded_like(double figure, const ir::GoalValue& written, const Calendar& calendar);

/// Whether a figure satisfies a bound; values within a billionth (relative) are equal. A bound on an unknown figure may
/// decide; else the answer is unknown. For an expectation, `=` compares the figure rounded like the expected value, and
/// rolled %C&A is the product of the stated ones.
Answer holds(const MetricValue& figure, ir::Relation relation, double bound);
Answer holds(const MetricValue& figure, const ir::Expectation& expectation, const Calendar& calendar);

/// A figure in the form and precision of a written value: the same text if they are equal; with more digits if it would
/// look equal and is not.
std::string text_like(double figure, const ir::GoalValue& written, const Calendar& calendar,
                      Rounding rounding = Rounding::nearest);

/// The calendar for the times of a metric: the stream's, or around the clock for elapsed times.
const Calendar& calendar_of(ir::Metric metric, const ir::Stream& stream);

enum class Verdict { met, met_by_future, met_too_late, not_met, unknown };
std::string_view name_of(Verdict verdict);

struct TargetInFuture {
    ir::StreamId future;
    MetricValue value;
    Answer met = Answer::unknown;
    bool in_time = true;  ///< the future is not dated after the target
};

struct JudgedTarget {
    const ir::Target* target;
    ir::Metric judged_by =
        ir::Metric::lead_time;  ///< the metric that decides: with rework if it has such a form, except for `drawn.KEY`
    bool own = false;           ///< a target of a future: `futures` has only that one, and it alone is judged
    MetricValue current;        ///< value of the root stream
    std::optional<double> bound;  ///< absolute; empty for a relative bound if the current value is unknown
    /// From the baseline (0) to the bound (1), may lie outside; of an own target, that of the future. Empty without a
    /// baseline, or if that already meets the bound.
    std::optional<double> progress;
    std::vector<TargetInFuture> futures;
    Verdict verdict = Verdict::unknown;
};

/// Whether the bound is a share of the current value: a percentage for a time.
bool is_relative(const ir::Target& target);

/// The metric that a target reads: `lead_time` includes rework, `drawn.lead_time` does not.
ir::Metric judged_by(const ir::MetricPath& path);

/// Figures of the streams of a file, sorted by id.
using MetricsOf = std::vector<StreamMetrics>;

/// Judges the targets of a stream in source order: for the stream itself and all its futures; those of a future for
/// that future alone. Empty if the figures of the root stream are missing.
std::vector<JudgedTarget> judge(const ir::CheckedModel& model, ir::StreamId stream, const MetricsOf& metrics);

/// The verdict on another target for the metric and element of `judged`, from the same figures. `futures` are those of
/// the model.
Verdict verdict_with(const JudgedTarget& judged, const ir::Model& model, const ir::Target& target);

/// Judges the targets of a future's root stream, for that stream and this future only.
std::vector<JudgedTarget> judge_in(const ir::CheckedModel& model, ir::StreamId future, const MetricsOf& metrics);

}  // namespace vsm::runtime
