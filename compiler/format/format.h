// Formats a map in canonical form (docs/format.md). Works on its text; does not interpret it.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"

namespace vsm::format {

struct Formatted {
    std::string text;
    bool sound =
        true;  ///< false: parsed again, it is not the same map with the same comments and form; an internal error, do not use it
};

/// A map in canonical form. Returns nothing if it cannot be parsed, which is reported; does not look for other
/// mistakes, such as unknown names.
std::optional<Formatted> format(const SourceFile& source, Diagnostics& diagnostics);

}  // namespace vsm::format
