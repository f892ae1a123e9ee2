// The edits of a future, applied to a copy of the stream it is based on. Private to compiler/lower.
#pragma once

#include "compiler/lower/elements.h"

namespace vsm::lower {

/// Applies the edits of a future's block, in order, and takes over its goals and remarks. `stream` starts as the copy. After each free edit and
/// each kaizen that holds one, `made` is called.
void apply_edits(const ast::Future& future, DraftStream& stream, Scope& scope, const std::function<void()>& made);

/// One `change` outside of any future; the stream has the element.
void apply_change(const ast::Change& change, DraftStream& stream, Scope& scope);

}  // namespace vsm::lower
