// By what a finding is known again when lines above it come and go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vsm {

/// Of each line, in order, the hash that GitHub's upload action computes as `primaryLocationLineHash`: over the 100 UTF-16 units from the
/// line's beginning on, blanks left out and line ends taken as one, then `:` and how many lines up to this one have the same.
std::vector<std::string> line_hashes(std::string_view text);

/// 32 hexadecimal digits for a text. Not for secrets: whoever wants to can find two texts with the same.
std::string digest(std::string_view text);

}  // namespace vsm
