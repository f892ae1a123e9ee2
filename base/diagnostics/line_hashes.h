// Content hashes that identify a finding after line numbers shift.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vsm {

/// The hash of each line, in order, as GitHub's upload action computes `primaryLocationLineHash`: over 100 UTF-16 units
/// from the beginning of the line, without blanks and with line ends normalized, then `:` and the number of lines up to
/// this one with the same hash.
std::vector<std::string> line_hashes(std::string_view text);

/// 32 hexadecimal digits. Not cryptographic: collisions can be constructed.
std::string digest(std::string_view text);

}  // namespace vsm
