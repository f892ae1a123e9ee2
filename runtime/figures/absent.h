// Reasons why figures are absent (runtime/absent.def): records them and puts them into words. Does not depend on
// layout.
#pragma once

#include <string>

#include "runtime/metrics.h"

namespace vsm::runtime {

/// Records that a figure is absent. The first reason recorded for a figure wins.
void leave_out(StreamMetrics& metrics, ir::Metric metric, Lack lack,
               std::optional<std::variant<ir::ElementId, ir::TeamId>> of = std::nullopt);

/// The reason why a figure is absent; null if it is present or unknown.
const Absent* absence_of(const StreamMetrics& metrics, ir::Metric metric);

/// Adds the reasons for figures as drawn that are absent rather than unknown; requires `metrics.unknown`, `expected`
/// and `longest`. Then sorts all reasons by metric. `works`: some step has process time.
void settle_absent(const Figures& mean, bool works, StreamMetrics& metrics);

/// Lower case, no full stop; names in back quotes.
std::string text_of(const ir::Model& model, const ir::Stream& stream, const Absent& absent);

/// Whether the figure is unknown, rather than not stated: it depends on a `?`.
bool is_open(Lack lack);

/// Whether the figure is unbounded.
bool grows_without_end(Lack lack);
inline constexpr std::string_view grows_without_end_text = "grows without end";

/// The identifier in absent.def.
std::string_view name_of(Lack lack);

}  // namespace vsm::runtime
