// Names of units in everyday language, in several languages, and the units of maps that they correspond to.
#pragma once

#include <string>
#include <string_view>

namespace vsm {

/// `d` for `days` or `Tage`, `%` for `percent`, `month` for units without a fixed length (months, quarters, years),
/// `ms` for milliseconds. Empty for any other word. Ignores case.
std::string_view unit_called(std::string_view word);

/// Advice for a number of months, quarters, years or sprints, which have no fixed length: the weeks that are probably
/// meant (4, 13, 52 and 2 each). `number` as written.
std::string weeks_help(std::string_view number, std::string_view unit);

/// Whether a word qualifies the amount after it (`about`, `max`, `every`) and so cannot name a wait or queue.
bool hedges(std::string_view word);

}  // namespace vsm
