// How the reports of runtime/ call things. Knows no layout.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/metrics.h"

namespace vsm::runtime {

/// `wait halved`, `rework gone`, `removed`, `all complete and accurate`.
std::string_view name_of(Change change);

/// A duration that may be below zero.
std::string signed_duration(double microseconds, const Calendar& calendar);

/// A figure in the form of its type: `8d4h`, `50.4%`, `3.2`, `6/d`.
std::string figure_text(ir::Metric metric, double figure, const ir::Stream& stream);

/// The same for a change of it: with a sign, ratios in points.
std::string change_text(ir::Metric metric, double change, const ir::Stream& stream);

/// At most three digits.
std::string short_number(double number);

std::vector<const StreamMetrics*> pointers_to(const std::vector<StreamMetrics>& streams);
const StreamMetrics* metrics_of(const std::vector<StreamMetrics>& streams, ir::StreamId id);

/// Of a future's kaizen.
std::string kaizen_title(const ir::Stream& future, std::size_t kaizen);

}  // namespace vsm::runtime
