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

/// As figure_text for a change of it: with a sign, ratios in points.
std::string change_text(ir::Metric metric, double change, const ir::Stream& stream);

/// At most three digits.
std::string short_number(double number);

std::vector<const StreamMetrics*> pointers_to(const std::vector<StreamMetrics>& streams);
const StreamMetrics* metrics_of(const std::vector<StreamMetrics>& streams, ir::StreamId id);

/// Of a future's kaizen.
std::string kaizen_title(const ir::Stream& future, std::size_t kaizen);

}  // namespace vsm::runtime
