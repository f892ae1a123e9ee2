// Applies the edits of a future to a copy of the stream that it is based on. Private to compiler/lower.
#pragma once

#include "compiler/lower/elements.h"

namespace vsm::lower {

/// Applies the edits of a future's block, in order, and adds its goals and remarks. `stream` starts as the copy. Calls
/// `made` after each edit outside a kaizen and after each kaizen with edits.
void apply_edits(const ast::Future& future, DraftStream& stream, Scope& scope, const std::function<void()>& made);

/// Applies one `change` outside of any future; the stream must have the element.
void apply_change(const ast::Change& change, DraftStream& stream, Scope& scope);

}  // namespace vsm::lower
