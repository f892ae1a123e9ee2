// In which order properties are written. Knows nothing of what they mean.
#pragma once

#include <cstddef>
#include <string_view>

namespace vsm::lower {

/// Where a property stands in the table of properties; the end of it for `x_…` and for what is none.
std::size_t property_rank(std::string_view name);

}  // namespace vsm::lower
