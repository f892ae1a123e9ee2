// Drafts to the model: elements get ids, and what refers to them by name refers by id. Private to compiler/lower.
#pragma once

#include "compiler/lower/scope.h"

namespace vsm::lower {

/// Resolves a stream into its place in the model. Reports duplicates, unknown names and references that an edit broke.
void resolve(const DraftStream& draft, ir::StreamId id, const Names<ir::TeamId>& local_teams, Scope& scope);

}  // namespace vsm::lower
