#include "backends/options/mock_options.h"

#include <fmt/format.h>

#include <algorithm>

namespace vsm::backends {
namespace {

/// Reads `1d=2s`, `2s` or `0`.
std::optional<TimeScale> read_time_scale(std::string_view text) {
    if (text.starts_with("1d=")) text.remove_prefix(3);
    if (text == "0") return TimeScale{{0}};
    const std::size_t letters = std::min(text.find_first_not_of("0123456789."), text.size());
    const auto number = parse_decimal(text.substr(0, letters));
    const auto unit = parse_time_unit(text.substr(letters));
    if (!number || !unit || *unit > TimeUnit::hour) return std::nullopt;
    const auto length = scale_exactly(*number, length_of(*unit, round_the_clock).microseconds);
    if (!length || *length > TimeScale::longest.microseconds) return std::nullopt;
    return TimeScale{{*length}};
}

}  // namespace

std::vector<FlagRow<MockOptions>> MockOptions::flags() {
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
              .help = "Duration of a working day in a mock pipeline, such as 1d=1s; 0 never waits"},
             scale}};
}

}  // namespace vsm::backends
