// The table of one stream's elements with bars. Internal to the reports of runtime/.
#pragma once

#include "runtime/reports/metrics/report_sections.h"

namespace vsm::runtime {

/// Maximum width of the text reports, in columns.
inline constexpr std::size_t line_width = 100;

/// False for a map of names (`timings: unknown`) that states no time yet: its times are not shown as missing.
bool states_times(const ir::Stream& stream, const StreamMetrics& metrics);

std::string element_table(const Reported& reported, bool color);

/// The table without bars, with its legend as sentences.
Section element_section(const Reported& reported);

}  // namespace vsm::runtime
