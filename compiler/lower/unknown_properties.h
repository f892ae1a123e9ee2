// Reports a property that its place does not have, and guesses which one was meant. Private to compiler/lower.
#pragma once

#include "compiler/lower/property_readers.h"

namespace vsm::lower {

/// Whether a name is that of a fact of the user's own: `x_size`.
bool is_own_name(std::string_view name);

/// Reports an unknown property. Returns the row of the property that was probably meant, unless that is given as well.
const properties::Row* report_unknown(PropertyContext& target, const ast::Property& property);

}  // namespace vsm::lower
