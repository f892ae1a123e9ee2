// Quotients of quantities that may be zero or unknown.
#pragma once

#include <cmath>
#include <optional>

namespace vsm {

/// part / whole, at least 0. Nothing if the whole is zero or negative, the part is negative, either is not a number, or
/// the quotient overflows.
inline std::optional<double> share_of(double part, double whole) {
    if (!(whole > 0) || !(part >= 0)) return std::nullopt;
    const double share = part / whole;
    return std::isfinite(share) ? std::optional(share) : std::nullopt;
}

}  // namespace vsm
