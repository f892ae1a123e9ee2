// Writing to an open file, whole. Knows no paths.
#pragma once

#include <string_view>

namespace vsm::cli {

/// Writes all of it; false (and errno) when the system would not take it.
bool write_all(int descriptor, std::string_view text);

}  // namespace vsm::cli
