// Which fixes may be offered: those that were tried. Reads no file itself: whoever calls it brings the reader that the map was compiled with.
#pragma once

#include <span>
#include <vector>

#include "compiler/compile.h"

namespace vsm {

/// What was found in one map.
struct MapFindings {
    const SourceSet& sources;        ///< what the places lie in
    std::span<const FileId> files;   ///< the map and all that it imports
    const std::string& path;         ///< of the map
    std::vector<Diagnostic>& items;  ///< what compiling it reported, then what others did
    std::size_t of_compiler = 0;     ///< how many of the items compiling it reported
};

/// Takes away each fix that is not sound. The fixes that stay, made all together, end all errors that they belong to, bring none, leave none
/// at what they wrote, and keep every number as it is written. Fixes that come first are tried first. Costs a compilation where all are sound, and some for each that is
/// not; where too many are not, those that come last are taken away untried. Without a fix it costs nothing.
void keep_sound_fixes(const MapFindings& findings, SourceReader& reader);

/// Whether a change of a text leaves its numbers as they are: the same digits, and none that could be read in two ways (`1,200`) written in
/// one of them. What stands in quotes, in a comment or in a name is no number.
bool keeps_numbers(std::string_view text, std::size_t begin, std::size_t end, std::string_view replacement);

}  // namespace vsm
