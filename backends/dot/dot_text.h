// Text as Graphviz reads it. Knows the quotes of DOT and nothing of maps.
#pragma once

#include <span>
#include <string>

#include "backends/support/sink.h"

namespace vsm::backends::dot {

/// The content of a quoted label. In it a backslash begins an escape (`\N` is the node's name, `\l` ends a line), `&` an entity, and `"`
/// ends it: each is written so that it stands for itself. Line ends within a line are blanks, what nobody can see is written out.
struct DotSink {
    static SinkText<DotSink> label(std::span<const std::string> lines);
};
using DotText = SinkText<DotSink>;

}  // namespace vsm::backends::dot
