// Traces the streams of a repository through its commit graph: where their figures changed, in whichever files. Does
// not format anything.
#pragma once

#include "base/result.h"
#include "cli/git/followed_files.h"
#include "runtime/reports/history/history.h"

namespace vsm::cli {

/// Every ancestor of HEAD at which the figures of a requested stream differ from those at each parent; commits are
/// indices into Repository::commits(). Follows streams through renames and through moves between files. Commits whose
/// content the clone lacks are listed as unread, and the next readable commit is compared with the last readable one.
Result<runtime::History> history_of(const Repository& repository, const Followed& followed);

/// Whether any ancestor of HEAD contains a file at a path, or else a map below it.
struct Committed {
    bool file = false, maps = false;
};
Result<Committed> committed_at(const Repository& repository, const std::string& path);

}  // namespace vsm::cli
