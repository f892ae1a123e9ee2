// Pairs the maps of two versions, and their streams, for a diff of many files. Does not compare figures.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/diff/diff.h"

namespace vsm::runtime {

/// A map of one version.
struct FileSide {
    std::string path;  ///< equal in both versions for the same file
    std::string_view text;
    const ir::CheckedModel* model = nullptr;  ///< null if it does not compile
    bool requested = true;                    ///< else only streams that moved between it and a requested file count
};

/// Two files to compare, as indices into the two lists. At least one is set.
struct FilePair {
    std::optional<std::size_t> before, after;
    bool whole = true;  ///< the same file; else only streams moved from the one to the other
    bool moved =
        false;  ///< the file changed its path, or streams moved from or to a file that exists in one version only
    CompareScope scope;
    /// Streams of other files before, as file and id, that may be in the file after, which does not compile: its text
    /// has their name.
    std::vector<std::pair<std::size_t, ir::StreamId>> may_hold;
};

/// Pairs files so that every stream of every requested file is in exactly one pair: first the files of the version
/// after, in order and with what moved into them, then the deleted ones. Equal paths are the same file; a deleted and a
/// new file are the same if they share their text, else most of their streams, else a team.
std::vector<FilePair> pair_files(std::span<const FileSide> before, std::span<const FileSide> after);

}  // namespace vsm::runtime
