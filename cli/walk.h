// Finding maps: which files the paths of a command line mean. Opens no map.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/links.h"

namespace vsm::cli {

/// A map to work on.
struct FoundMap {
    std::string path;  ///< as the user gave it or as found below a folder that was given; `-` is the standard input
    std::string real;  ///< without links; `-` as it is
};

/// A map by its name, whether there is one or not, wherever links lead: not to be opened.
FoundMap map_at(const std::string& path);

/// A map by its name, to be opened. Says where a link leads out (links.h), and what to do then.
Result<FoundMap> named_map(const std::string& path, Links links);

/// Which maps a folder stands for.
enum class Which {
    all,
    tracked,  ///< by git; none at all is fine
};

/// The maps behind paths: a file, `-`, or a folder with all its *.vsm in the order of their paths. Below a folder, hidden folders, links
/// to folders, links that lead out of the repository unless they are followed, and what .gitignore files name and git does not track are passed over; a
/// file that is named is always meant. A map given twice is one. Says which folder cannot be read, that a folder holds no map, and which link that is
/// named leads out.
Result<std::vector<FoundMap>> find_maps(const std::vector<std::string>& paths, Links links, Which which = Which::all);

/// The same, and lines about the links called `*.vsm` that were passed over, for the user.
Result<std::vector<FoundMap>> find_maps(const std::vector<std::string>& paths, Links links, Which which, std::vector<std::string>& passed_over);

}  // namespace vsm::cli
