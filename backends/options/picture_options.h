// What `vsm build` can be told about drawn maps (svg, html).
#pragma once

#include "backends/options/flag_row.h"

namespace vsm::backends {

struct PictureOptions {
    bool compare = false;  ///< draw a future below the stream it is based on

    static std::vector<FlagRow<PictureOptions>> flags();
};

}  // namespace vsm::backends
