// Reports a property without its colon: `process 1h`, `process = 1h`. Private to compiler/parse.
#pragma once

#include <string_view>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"

namespace vsm::parse {

struct MissingColon {
    SourceRange where;       ///< to show: the name, and the signs in place of the colon
    SourceRange name;        ///< of the property, perhaps misspelt
    std::string_view value;  ///< as written
    std::uint32_t end;       ///< of what the colon replaces, from the end of the name
    std::string_view colon = ":";
};

/// Offers the colon as a fix; if the name is misspelt, with the name that was meant, when that is certain.
void report_missing_colon(Diagnostics& diagnostics, const SourceFile& source, const MissingColon& found);

}  // namespace vsm::parse
