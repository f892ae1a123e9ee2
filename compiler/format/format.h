// Formats a map in canonical form (docs/format.md). Works on its text; does not interpret it.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"

namespace vsm::format {

struct Formatted {
    std::string text;
    /// Whether the text, parsed again, is the same map with the same comments, in canonical form. If not, an internal
    /// error: do not write it.
    bool sound = true;
};

/// A map in canonical form. Returns nothing if it cannot be parsed, which is reported; does not look for other
/// mistakes, such as unknown names.
std::optional<Formatted> format(const SourceFile& source, Diagnostics& diagnostics);

}  // namespace vsm::format
