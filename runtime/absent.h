// Why figures are absent: the one place that takes them down and puts them into words (runtime/absent.def). Knows no layout.
#pragma once

#include <string>

#include "runtime/metrics.h"

namespace vsm::runtime {

/// Takes down that a figure is absent. The first reason given for a figure stays.
void leave_out(StreamMetrics& metrics, ir::Metric metric, Lack lack,
               std::optional<std::variant<ir::ElementId, ir::TeamId>> of = std::nullopt);

/// Why a figure is absent; null where it is not, or is unknown.
const Absent* absence_of(const StreamMetrics& metrics, ir::Metric metric);

/// The reason of the figures as drawn, once those are there: which of them are absent, not unknown. Then puts all in order.
void settle_absent(const Figures& mean, bool works, StreamMetrics& metrics);

/// Lower case, no full stop; names in back quotes.
std::string text_of(const ir::Model& model, const ir::Stream& stream, const Absent& absent);

/// The figure has no value that stays: it is beyond every bound.
bool grows_without_end(Lack lack);
inline constexpr std::string_view grows_without_end_text = "grows without end";

/// As in absent.def.
std::string_view name_of(Lack lack);

}  // namespace vsm::runtime
