// The totals of one stream. Internal to the reports of runtime/.
#pragma once

#include "runtime/reports/metrics/report_sections.h"

namespace vsm::runtime {

/// One row per figure: name, value, remarks. Omits figures that the map does not state.
Section summary_section(const Reported& reported);

}  // namespace vsm::runtime
