// Escapes text for Graphviz labels. Does not depend on maps.
#pragma once

#include <span>
#include <string>

#include "backends/support/sink.h"

namespace vsm::backends::dot {

/// The content of a quoted label, where `\` begins an escape (`\N` is the node's name, `\l` ends a line), `&` begins an
/// entity and `"` ends the label. Escapes all three. Turns line ends and tabs within a line into spaces and writes out
/// invisible characters.
struct DotSink {
    static SinkText<DotSink> label(std::span<const std::string> lines);
};
using DotText = SinkText<DotSink>;

}  // namespace vsm::backends::dot
