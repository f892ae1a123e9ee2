// What `vsm build` can be told about mock pipelines of any console.
#pragma once

#include <fmt/format.h>

#include "backends/options/flag_row.h"
#include "base/units.h"

namespace vsm::backends {

/// How long a mock takes for one working day of the stream's calendar, in clock time; at most `longest`. Zero: it never
/// sleeps.
struct TimeScale {
    static constexpr Duration longest{24LL * 3600 * microseconds_per_second};
    Duration mock_per_working_day{microseconds_per_second};
};

/// Reads `1d=2s`, `2s` or `0`.
std::optional<TimeScale> read_time_scale(std::string_view text);

struct MockOptions {
    TimeScale time_scale;

    static std::vector<FlagRow<MockOptions>> flags();
};

inline std::vector<FlagRow<MockOptions>> MockOptions::flags() {
    const auto scale = [](MockOptions& options, const FlagInput& input) -> std::optional<std::string> {
        const auto read = read_time_scale(input.values.front());
        if (!read)
            return fmt::format(
                "takes what a working day takes in the mock, such as `1d=1s` or `0`, at most 24h, found `{}`",
                input.values.front());
        options.time_scale = *read;
        return std::nullopt;
    };
    return {{{.name = "--time-scale",
              .kind = FlagKind::text,
              .value = "1d=TIME",
              .help = "What a working day takes in a mock pipeline: 1d=1s, or 0"},
             scale}};
}

}  // namespace vsm::backends
