// Tells the copies of a stream apart that a merge keeps side by side, because one branch moved it to another file.
// Reads nothing.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/git/snapshot.h"

namespace vsm::cli {

/// At a merge, a copy of a stream gets another lineage.
struct Fork {
    std::size_t commit = 0;
    std::size_t from = absent, to = absent;  ///< lineages
    std::vector<std::size_t> parents;        ///< those of the merge that had the copy, under `from`; indices of commits
    StreamSnapshot copy, kept;               ///< under `to` and under `from`
};

/// Leaves each lineage in one file of a merge: where the first parent has it. The other copies get the lineage that a
/// parent has there, or a new one. `shared` are files that a parent has too, `fresh` the others.
std::vector<Fork> fork_copies(std::size_t commit, const std::vector<std::size_t>& parents,
                              const std::vector<std::shared_ptr<const Snapshot>>& snapshots, Lineages& lineages,
                              Snapshot& shared, const std::map<std::string, std::shared_ptr<FileSnapshot>>& fresh);

}  // namespace vsm::cli
