// Finds the files that a history has to read: all maps, so that a stream has the same history whichever file is
// requested, the requested files, and hidden ones that streams came from or moved to. Does not compare figures.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/git/map_cache.h"
#include "cli/git/repository.h"

namespace vsm::cli {

/// What a history is requested of; the path is relative to the top of the repository.
struct Followed {
    std::string path;
    bool is_file = false;  ///< else a folder with all maps below it
};

bool is_requested(const Followed& followed, const std::string& path);

/// Across all commits; `trees` are the trees of `commits`.
Result<std::set<std::string>> files_of(const Followed& followed, const std::vector<Commit>& commits,
                                       const std::vector<Tree>& trees, MapCache& maps);

}  // namespace vsm::cli
