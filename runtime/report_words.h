// How the reports of runtime/ call things. Knows no layout.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/values.h"

namespace vsm::runtime {

/// `wait halved`, `rework gone`, `removed`, `all complete and accurate`.
std::string_view name_of(Change change);

/// A figure's name in a sentence: `lead time`, `lead time with rework`, `rolled %C&A`; of an element its part alone.
std::string words_of(ir::Metric metric);

/// `streamlining_change_approval` as words.
std::string capability_text(std::string_view capability);

/// `3 steps`, `1 step`.
std::string count_of(std::size_t count, std::string_view one);

/// A duration that may be below zero.
std::string signed_duration(double microseconds, const Calendar& calendar);

/// A figure in the form of its type: `8d4h`, `50.4%`, `3.2`, `6/d`.
std::string figure_text(ir::Metric metric, double figure, const ir::Stream& stream);

/// With `≥` or `≤` where only a bound is known, and nothing where not even that is.
std::string bounded_text(ir::Metric metric, const MetricValue& value, const ir::Stream& stream);

/// `?`, or what it is at least: `at least 3d`.
std::string time_text(const TimeFigure& figure, const Calendar& calendar);

/// `6.9%`, `?`; empty where no time passes, so that there is none.
std::string activity_text(const StreamMetrics& metrics);

/// `50.4%`, `at most 70.0%`, `?`; empty where no step speaks of it.
std::string quality_text(const StreamMetrics& metrics);

/// Behind a bound of rolled %C&A, where steps state none: `1 of 9 steps say`; else empty.
std::string who_says(const StreamMetrics& metrics);

/// `1 of 9 steps`, or `3 elements` where waits are among them: those that keep a figure unknown; empty where it is known.
std::string unknown_count(const ir::Stream& stream, const StreamMetrics& metrics, ir::Metric metric);

/// A step that states no %C&A: what it keeps unknown is counted (`1 of 9 steps say`), and nobody is asked to find it out.
bool is_silent(const ir::Stream& stream, const Unknown& unknown, ir::ElementId because);

/// At most three digits.
std::string short_number(double number);

const StreamMetrics* metrics_of(const std::vector<StreamMetrics>& streams, ir::StreamId id);

/// Of a future's kaizen.
std::string kaizen_title(const ir::Stream& future, std::size_t kaizen);

}  // namespace vsm::runtime
