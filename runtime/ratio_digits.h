// A computed ratio as digits. For the reports of runtime/.
#pragma once

#include <fmt/format.h>

#include <string>

namespace vsm::runtime {

/// Of any finite number, at most 14 significant digits: a double holds one more, in which rounding errors begin to show.
inline std::string ratio_digits(double ratio) { return fmt::format("{:.14g}", ratio); }

}  // namespace vsm::runtime
