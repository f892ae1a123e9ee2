// The table of one stream's elements with their bars. For the reports of runtime/ alone.
#pragma once

#include "runtime/report_sections.h"

namespace vsm::runtime {

/// The width that the reports keep to.
inline constexpr std::size_t line_width = 100;

/// False of a map of names (`timings: unknown`) in which no time is known yet: its times are not asked for.
bool states_times(const ir::Stream& stream, const StreamMetrics& metrics);

std::string element_table(const Reported& reported, bool color);

/// The same without bars; what its marks mean as sentences.
Section element_section(const Reported& reported);

}  // namespace vsm::runtime
