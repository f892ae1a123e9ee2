#include "backends/options/picture_options.h"

namespace vsm::backends {

std::vector<FlagRow<PictureOptions>> PictureOptions::flags() {
    return {{{.name = "--compare",
              .kind = FlagKind::toggle,
              .help = "svg, html: show each future below the stream it is based on"},
             to_true(&PictureOptions::compare)}};
}

}  // namespace vsm::backends
