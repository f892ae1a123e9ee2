// Finds and reads the two versions of maps that a diff compares. Does not compile them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/git/repository.h"
#include "cli/io/files.h"

namespace vsm::cli {

/// A map's text in one version.
struct VersionedMap {
    std::string key;        ///< equal in both versions for the same file
    InputFile file;         ///< with the path that its imports are relative to
    std::string shown;      ///< the path in output
    FoundMap place;         ///< where the current configuration is looked up
    bool requested = true;  ///< else it only serves to recognize streams that moved from or to it
};

struct Versions {
    std::vector<VersionedMap> before, after;
    std::unique_ptr<SourceReader> before_reader, after_reader;  ///< for their imports
    std::optional<ObjectReader> objects;  ///< the source of the version before, if that is a commit
    std::vector<std::string> notes;       ///< for standard error
};

/// Two files, or two folders whose maps are keyed by their paths below the folder.
Result<Versions> versions_of_paths(const std::string& before, const std::string& after, Links links);

/// The current maps, and those at the merge base of HEAD and a revision.
Result<Versions> versions_since(const std::string& revision, const std::vector<std::string>& paths, Links links);

}  // namespace vsm::cli
