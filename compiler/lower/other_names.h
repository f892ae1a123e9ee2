// What properties and figures are called in other tools, books and languages. Private to compiler/lower.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vsm::lower {

/// A name without what people put between and around its words, in lower case: `ca` of `%C&A`, `leadtime` of `Lead time`.
std::string bare_name(std::string_view name);

/// The properties that go by another name, the most likely first; several where nobody can tell which one is meant.
std::vector<std::string_view> properties_called(std::string_view bare);

/// What to write for a fact that is no property here: the title behind the name, a remark in a note. Empty for any other name.
std::string_view statement_for(std::string_view bare);

/// The figure that goes by another name; empty for any other word.
std::string_view figure_called(std::string_view bare);

}  // namespace vsm::lower
