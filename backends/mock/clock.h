// The clock of a mock: how long it plays a time of the map. Does not depend on what is played.
#pragma once

#include <string>

#include "backends/backend.h"

namespace vsm::backends::mock {

/// The longest that a mock waits or works at a stretch, in seconds.
inline constexpr double longest_play = 60;

/// Seconds on the mock's clock per working day of the map, as an exact decimal: `1`, `0.000001`.
std::string seconds_per_day(const BackendOptions& options);

/// Working days of the stream's calendar, rounded to nine decimals.
double days_of(double microseconds, const Calendar& calendar);

/// Seconds on the mock's clock, at most `longest_play`.
double seconds_of(double microseconds, const BackendInput& input);

}  // namespace vsm::backends::mock
