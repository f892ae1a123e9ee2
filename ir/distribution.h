// Durations: a fixed time or one of four distributions, with mean and ends computed without sampling.
#pragma once

#include <variant>

#include "base/units.h"

namespace vsm::ir {

struct Fixed {
    Duration time;
    bool operator==(const Fixed&) const = default;
};
struct Uniform {
    Duration low, high;
    bool operator==(const Uniform&) const = default;
};
struct Triangular {
    Duration low, mode, high;
    bool operator==(const Triangular&) const = default;
};
struct Exponential {
    Duration mean;
    bool operator==(const Exponential&) const = default;
};
/// Given by its median and one other percentile (1 to 99, not 50).
struct Lognormal {
    Duration median;
    int percentile = 85;
    Duration at_percentile;
    bool operator==(const Lognormal&) const = default;
};

using Distribution = std::variant<Fixed, Uniform, Triangular, Exponential, Lognormal>;

/// Mean, low and high in microseconds. Low and high are the ends of a range, or the 5th and 95th percentile of a
/// distribution without ends.
struct Spread {
    double mean = 0;
    double low = 0;
    double high = 0;
    bool operator==(const Spread&) const = default;
};

/// (a+b)/2; (a+m+b)/3; the exponential's mean; the lognormal's p50·exp(σ²/2) with σ = ln(pXX/p50)/z(XX).
Spread spread_of(const Distribution& distribution);

/// The standard normal quantile z for 0 < probability < 1, to 1e-15 relative
/// (M. J. Wichura, Algorithm AS 241, Applied Statistics 37, 1988).
double normal_quantile(double probability);

}  // namespace vsm::ir
