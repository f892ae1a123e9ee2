// What `vsm build` can be told about mock pipelines of any console.
#pragma once

#include "backends/options/flag_row.h"
#include "base/units.h"

namespace vsm::backends {

/// How long a mock takes for one working day of the stream's calendar, in clock time; at most `longest`. Zero: it never
/// sleeps.
struct TimeScale {
    static constexpr Duration longest{24LL * 3600 * microseconds_per_second};
    Duration mock_per_working_day{microseconds_per_second};
};

struct MockOptions {
    TimeScale time_scale;

    static std::vector<FlagRow<MockOptions>> flags();
};

}  // namespace vsm::backends
