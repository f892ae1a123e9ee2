// Names of units as people write them elsewhere, in several languages, and the unit that a map uses.
#pragma once

#include <string_view>

namespace vsm {

/// `d` for `days` or `Tage`, `%` for `percent`, `month` for units of no fixed length (months, quarters, years), `ms` for what is too short.
/// Empty for any other word. Case is ignored.
std::string_view unit_called(std::string_view word);

/// What nobody calls a wait or queue, for it says how the amount behind it is meant: `about`, `max`, `every`.
bool hedges(std::string_view word);

}  // namespace vsm
