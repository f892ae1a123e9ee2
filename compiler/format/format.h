// The canonical form of a map (docs/format.md). Knows the text of a map and nothing of what it means.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostics.h"
#include "base/source.h"

namespace vsm::format {

struct Formatted {
    std::string text;
    bool sound = true;  ///< false: read again, it is not the same map with the same comments, or has another form; which is a mistake of ours: do not use it
};

/// A map in its canonical form. Nothing when it cannot be read, which is reported; mistakes that are no matter of reading, such as an
/// unknown name, are not looked for.
std::optional<Formatted> format(const SourceFile& source, Diagnostics& diagnostics);

}  // namespace vsm::format
