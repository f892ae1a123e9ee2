// How one text became another, as `diff -u` shows it. Knows no files.
#pragma once

#include <string>
#include <string_view>

namespace vsm::cli {

/// The changed lines with three lines around them, as `patch` reads it; nothing when both are the same. `path` stands in the heading.
/// Characters that nobody could see are written as \u{…}.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace vsm::cli
