// Keeps only fixes that were tried and work. Does not read files: the caller provides the reader that the map was
// compiled with.
#pragma once

#include <span>
#include <vector>

#include "compiler/compile.h"

namespace vsm {

/// The findings of one map.
struct MapFindings {
    const SourceSet& sources;        ///< sources of the ranges
    std::span<const FileId> files;   ///< the map and everything that it imports
    const std::string& path;         ///< of the map
    std::vector<Diagnostic>& items;  ///< reported by the compiler, then by others
    std::size_t of_compiler = 0;     ///< number of items that the compiler reported
};

/// Removes each fix that is not sound. The remaining fixes, applied together, remove all errors that they belong to,
/// add none, leave none where they wrote, and keep every number as written. Earlier fixes are tried first. Costs one
/// compilation if all are sound, and some for each that is not; if too many are not, the last ones are removed untried.
/// Costs nothing without fixes.
void keep_sound_fixes(const MapFindings& findings, SourceReader& reader);

/// Whether a change of a text keeps its numbers: the digits stay the same, and no ambiguous number (`1,200`) is
/// rewritten in one of its readings. Digits in quotes, comments and names are not numbers.
bool keeps_numbers(std::string_view text, std::size_t begin, std::size_t end, std::string_view replacement);

}  // namespace vsm
