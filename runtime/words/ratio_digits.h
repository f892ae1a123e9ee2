// Prints computed numbers for programs. For the reports of runtime/.
#pragma once

#include <fmt/format.h>

#include <string>

#include "base/units.h"
#include "ir/metric.h"

namespace vsm::runtime {

/// At most 14 significant digits of a finite number: the next digit of a double already shows rounding errors.
inline std::string ratio_digits(double ratio) { return fmt::format("{:.14g}", ratio); }

/// A figure in the unit in which reports print it: times in seconds, exact to the microsecond; all else like a ratio.
inline std::string figure_digits(ir::Metric metric, double figure) {
    return ir::info_of(metric).type == ir::MetricType::time ? format_number(figure) : ratio_digits(figure);
}

}  // namespace vsm::runtime
