// Finds the maps that the paths of a command line refer to. Does not open maps.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/io/links.h"

namespace vsm::cli {

/// Resolves the path of a map, whether or not it exists, without checking links. Must not be used to open it.
FoundMap map_at(const std::string& path);

/// Resolves the path of a map to open. Fails with advice if a link leads out of the repository (links.h).
Result<FoundMap> named_map(const std::string& path, Links links);

/// Which maps in a folder to find.
enum class Which {
    all,
    tracked,  ///< by git; may be none
};

/// The maps at paths: a file, `-`, or a folder with all its *.vsm, sorted by path. Below a folder, skips hidden
/// folders, links to folders, links that lead out of the repository (unless `links` allows them) and files that
/// .gitignore excludes and git does not track; a file that is named is never skipped. Each map is returned once. Fails
/// if a folder cannot be read or contains no map, if a named link leads out of the repository, or if .gitignore files
/// exclude maps and git refuses to say whether it tracks them.
Result<std::vector<FoundMap>> find_maps(const std::vector<std::string>& paths, Links links, Which which = Which::all);

/// The same; also returns messages for the user about skipped `*.vsm`: links, pipes, and maps that git may track.
Result<std::vector<FoundMap>> find_maps(const std::vector<std::string>& paths, Links links, Which which,
                                        std::vector<std::string>& passed_over);

}  // namespace vsm::cli
