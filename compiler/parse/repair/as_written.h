// Tells whether a valid map is what its author most likely meant. Private to compiler/parse.
#pragma once

#include "compiler/ast/nodes.h"

namespace vsm::parse {

/// Whether a map is valid but has a form that is hardly ever intended: properties after a step, team or kaizen without
/// a block, which belong to the step in other languages but to the enclosing block here; `wait every 2w`; `parallel:
/// true`; a file of properties.
bool looks_foreign(const ast::File& file);

}  // namespace vsm::parse
