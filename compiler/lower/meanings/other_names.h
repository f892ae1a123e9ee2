// Names of properties and metrics in other tools, books and languages. Private to compiler/lower.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vsm::lower {

/// A name in lower case without separators and signs: `ca` for `%C&A`, `leadtime` for `Lead time`.
std::string bare_name(std::string_view name);

/// The properties with another name, most likely first; several if the name is ambiguous.
std::vector<std::string_view> properties_called(std::string_view bare);

/// How to write a fact that is not a property here: a title after the name, a remark in a note. Empty for any other
/// name.
std::string_view statement_for(std::string_view bare);

/// The metric with another name; empty for any other word.
std::string_view figure_called(std::string_view bare);

}  // namespace vsm::lower
