// The totals of one stream. For the reports of runtime/ alone.
#pragma once

#include "runtime/report_sections.h"

namespace vsm::runtime {

/// A row a figure: name, value, and what belongs beside it. What the map does not state is left out.
Section summary_section(const Reported& reported);

}  // namespace vsm::runtime
