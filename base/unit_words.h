// Names of units in everyday language, in several languages, and the units of maps that they correspond to.
#pragma once

#include <string_view>

namespace vsm {

/// `d` for `days` or `Tage`, `%` for `percent`, `month` for units without a fixed length (months, quarters, years),
/// `ms` for milliseconds. Empty for any other word. Ignores case.
std::string_view unit_called(std::string_view word);

/// Whether a word qualifies the amount after it (`about`, `max`, `every`) and so cannot name a wait or queue.
bool hedges(std::string_view word);

}  // namespace vsm
