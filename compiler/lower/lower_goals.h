// Lowers targets and expectations. Private to compiler/lower.
#pragma once

#include "compiler/lower/scope.h"

namespace vsm::lower {

/// Adds a goal to its stream. Requires the names of the stream.
void lower_goal(const ast::Goal& goal, ir::Stream& stream, const Names<ir::ElementId>& names, Scope& scope);

}  // namespace vsm::lower
