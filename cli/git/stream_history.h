// Traces the streams of a repository through its commit graph: where their figures changed, in whichever files. Does
// not format anything.
#pragma once

#include "base/result.h"
#include "cli/git/followed_files.h"
#include "runtime/reports/history/history.h"

namespace vsm::cli {

/// All ancestors of HEAD and, for each requested stream, a point at each commit at which its figures differ from
/// those at every parent, or at which its map breaks or disappears. Points refer to commits by index. Follows streams
/// through renames and through moves between files. Commits whose content the clone lacks are listed as unread, and
/// the next readable commit is compared with the last readable one.
Result<runtime::History> history_of(const Repository& repository, const Followed& followed);

/// What the newest commit that has a path has there: a file, or a folder with maps.
struct Committed {
    bool file = false, maps = false;
};
Result<Committed> committed_at(const Repository& repository, const std::string& path);

}  // namespace vsm::cli
