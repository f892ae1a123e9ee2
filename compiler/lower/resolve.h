// Drafts to the model: elements get ids, and what refers to them by name refers by id. Private to compiler/lower.
#pragma once

#include "compiler/lower/scope.h"

namespace vsm::lower {

/// Whether notes, kaizens and what is allowed are wanted.
enum class Remarked { no, yes };

/// Resolves a stream into its place in the model. Reports duplicates, unknown names and references that an edit broke. Elements that are as in a
/// stream resolved before are shared with it.
void resolve(DraftStream draft, ir::StreamId id, const Names<ir::TeamId>& local_teams, Scope& scope, Remarked remarked = Remarked::yes);

}  // namespace vsm::lower
