// Finding maps: which files the paths of a command line mean. Opens no map.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace vsm::cli {

/// A map to work on.
struct FoundMap {
    std::string path;  ///< as the user gave it or as found below a folder that was given; `-` is the standard input
    std::string real;  ///< without links; `-` as it is
};

/// A map by its name, whether there is one or not.
FoundMap map_at(const std::string& path);

/// The maps behind paths: a file, `-`, or a folder with all its *.vsm in the order of their paths. Below a folder, hidden folders, links
/// to folders, links that lead out of the repository, and what .gitignore files name are passed over; a file that is named is
/// always meant. A map given twice is one. Says which folder cannot be read, and that a folder holds no map.
Result<std::vector<FoundMap>> find_maps(const std::vector<std::string>& paths);

}  // namespace vsm::cli
