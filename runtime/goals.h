// Goals held against figures: targets with their verdicts, expectations (docs/metrics.md, "Current and future"). Knows no diagnostics and
// not how a verdict is shown.
#pragma once

#include <string>
#include <vector>

#include "runtime/values.h"

namespace vsm::runtime {

enum class Answer { yes, no, unknown };

/// A goal's value as a figure: microseconds, 0 to 1, a count, or a rate for a second of working time.
double amount_of(const ir::GoalValue& value);

/// A value, in the unit of amount_of(), rounded to the digits that another was written with, halves up: `30%` has none after the point, `8d4h` is
/// in whole hours.
double rounded_like(double figure, const ir::GoalValue& written, const Calendar& calendar);

/// Exact for inequalities, except that what differs by less than a billionth is equal; `=` compares the rounded figure. Of an unknown figure its
/// bound may decide; else the answer is unknown.
Answer holds(const MetricValue& figure, ir::Relation relation, double bound);
Answer holds(const MetricValue& figure, const ir::Expectation& expectation, const Calendar& calendar);

/// A figure in the form and with the digits that another was written with; with more where it would look the same and is not.
std::string text_like(double figure, const ir::GoalValue& written, const Calendar& calendar);

/// What times of a figure are counted in: the stream's calendar, or around the clock for elapsed ones.
const Calendar& calendar_of(ir::Metric metric, const ir::Stream& stream);

enum class Verdict { met, met_by_future, met_too_late, not_met, unknown };
std::string_view name_of(Verdict verdict);

struct TargetInFuture {
    ir::StreamId future;
    MetricValue value;
    Answer met = Answer::unknown;
    bool in_time = true;  ///< not dated after the target
};

struct JudgedTarget {
    const ir::Target* target;
    ir::Metric judged_by = ir::Metric::lead_time;  ///< the figure that decides: with rework where there is one, but for `drawn.KEY`
    bool own = false;     ///< of a future, which alone is judged and is the one of `futures`
    MetricValue current;  ///< of the stream as it is
    std::optional<double> bound;     ///< a relative one made absolute; nothing when the current figure is unknown
    std::optional<double> progress;  ///< from the baseline to the bound, 0 to 1 and beyond either; only with a baseline; of an own target, that of the future
    std::vector<TargetInFuture> futures;
    Verdict verdict = Verdict::unknown;
};

/// Whether a target asks for a share of what the figure is now: a percentage of a time.
bool is_relative(const ir::Target& target);

/// The figure that a target reads: `lead_time` with rework, `drawn.lead_time` without.
ir::Metric judged_by(const ir::MetricPath& path);

/// Figures of all the streams of a file that are there, by id.
using MetricsOf = std::vector<StreamMetrics>;

/// The targets of a stream, one for each in the order written: judged for it and all that are a future of it. Those of a future: for that future alone.
std::vector<JudgedTarget> judge(const ir::CheckedModel& model, ir::StreamId stream, const MetricsOf& metrics);

/// The targets of what a future is based on, through all futures between, judged for it and this one of its futures.
std::vector<JudgedTarget> judge_in(const ir::CheckedModel& model, ir::StreamId future, const MetricsOf& metrics);


}  // namespace vsm::runtime
