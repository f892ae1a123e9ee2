// Computes the unified diff of two texts. Does not access files.
#pragma once

#include <string>
#include <string_view>

namespace vsm::cli {

/// The changed lines with three lines of context, in the format of `diff -u`; empty if the texts are equal. `path` is
/// used in the header. Invisible characters are written as \u{…}.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace vsm::cli
