// Resolves drafts to the model: elements get ids, and names become ids. Private to compiler/lower.
#pragma once

#include "compiler/lower/scope.h"

namespace vsm::lower {

/// Whether to keep notes, kaizens and allows.
enum class Remarked { no, yes };

/// Resolves a stream into its place in the model. Reports duplicates, unknown names and references that an edit broke.
/// Shares elements that equal those of a stream resolved before.
void resolve(DraftStream draft, ir::StreamId id, const Names<ir::TeamId>& local_teams, Scope& scope,
             Remarked remarked = Remarked::yes);

}  // namespace vsm::lower
