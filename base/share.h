// Quotients of figures that may be zero or unknown. Knows no figures.
#pragma once

#include <cmath>
#include <optional>

namespace vsm {

/// part / whole, at least 0; nothing where there is no whole to take a part of (zero, below zero, not a number), or the quotient is beyond a double.
inline std::optional<double> share_of(double part, double whole) {
    if (!(whole > 0) || !(part >= 0)) return std::nullopt;
    const double share = part / whole;
    return std::isfinite(share) ? std::optional(share) : std::nullopt;
}

}  // namespace vsm
