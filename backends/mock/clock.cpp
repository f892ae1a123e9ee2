#include "backends/mock/clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vsm::backends::mock {

std::string seconds_per_day(const BackendOptions& options) {
    const auto day = options.time_scale.mock_per_working_day.microseconds;
    std::string seconds = fmt::format("{}.{:06}", day / microseconds_per_second, day % microseconds_per_second);
    seconds.erase(seconds.find_last_not_of('0') + 1);
    if (seconds.back() == '.') seconds.pop_back();
    return seconds;
}

double days_of(double microseconds, const Calendar& calendar) {
    const double parts = 1e9;
    return std::round(microseconds / static_cast<double>(calendar.day.microseconds) * parts) / parts;
}

double seconds_of(double microseconds, const BackendInput& input) {
    const auto day = static_cast<double>(input.options.time_scale.mock_per_working_day.microseconds);
    const double seconds =
        days_of(microseconds, input.stream().calendar) * day / static_cast<double>(microseconds_per_second);
    return std::min(seconds, longest_play);
}

}  // namespace vsm::backends::mock
