// Words and numbers in the reports of runtime/. Does not depend on layout.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/figures/metric_values.h"

namespace vsm::runtime {

/// `wait halved`, `rework gone`, `removed`, `all complete and accurate`.
std::string_view name_of(Change change);

/// A metric in a sentence: `lead time`, `lead time with rework`, `rolled %C&A`; without the element.
std::string words_of(ir::Metric metric);

/// `streamlining_change_approval` as words.
std::string capability_text(std::string_view capability);

/// `3 steps`, `1 step`.
std::string count_of(std::size_t count, std::string_view one);

/// A duration that may be negative.
std::string signed_duration(double microseconds, const Calendar& calendar, Rounding rounding = Rounding::nearest);

/// A figure in the format of its type: `8d4h`, `50.4%`, `3.2`, `6/d`.
std::string figure_text(ir::Metric metric, double figure, const ir::Stream& stream,
                        Rounding rounding = Rounding::nearest);

/// figure_text(), with `≥` or `≤` for a bound; empty if there is not even a bound.
std::string bounded_text(ir::Metric metric, const MetricValue& value, const ir::Stream& stream);

/// The time, `at least 3d` for a lower bound, or `?`.
std::string time_text(const TimeFigure& figure, const Calendar& calendar);

/// The same, shorter: `≥ 3d` for a lower bound.
std::string bounded_time(const TimeFigure& figure, const Calendar& calendar);

/// `6.9%`, `?`; empty if the ratio is absent.
std::string activity_text(const StreamMetrics& metrics);

/// `50.4%`, `at most 70.0%`, `?`; empty if no step states a %C&A.
std::string quality_text(const StreamMetrics& metrics);

/// Remark for a rolled %C&A that is only a bound: `1 of 9 steps say`; else empty.
std::string who_says(const StreamMetrics& metrics);

/// The number of elements that make a figure unknown: `1 of 9 steps`, or `3 elements` if not all are steps; empty if it
/// is known.
std::string unknown_count(const ir::Stream& stream, const StreamMetrics& metrics, ir::Metric metric);

/// Whether `because` is a step that states no %C&A: it is counted (`1 of 9 steps say`), but not listed as still to find
/// out.
bool is_silent(const ir::Stream& stream, const Unknown& unknown, ir::ElementId because);

/// At most three significant digits, more for whole parts above 999.
std::string short_number(double number, Rounding rounding = Rounding::nearest);

/// The title of a future's kaizen.
std::string kaizen_title(const ir::Stream& future, std::size_t kaizen);

}  // namespace vsm::runtime
