// Prints a computed ratio. For the reports of runtime/.
#pragma once

#include <fmt/format.h>

#include <string>

namespace vsm::runtime {

/// At most 14 significant digits of a finite number: the next digit of a double already shows rounding errors.
inline std::string ratio_digits(double ratio) { return fmt::format("{:.14g}", ratio); }

}  // namespace vsm::runtime
