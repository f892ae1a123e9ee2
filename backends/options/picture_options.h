// What `vsm build` can be told about drawn maps (svg, html).
#pragma once

#include "backends/options/flag_row.h"

namespace vsm::backends {

struct PictureOptions {
    bool compare = false;  ///< draw a future below the stream it is based on

    static std::vector<FlagRow<PictureOptions>> flags();
};

inline std::vector<FlagRow<PictureOptions>> PictureOptions::flags() {
    return {{{.name = "--compare",
              .kind = FlagKind::toggle,
              .help = "svg, html: each future below the stream it is based on"},
             to_true(&PictureOptions::compare)}};
}

}  // namespace vsm::backends
