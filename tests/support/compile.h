// Compiles a map from text for tests, the way the command line does.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/compile.h"

namespace vsm::tests {

/// Imported files by name; the map itself is `map.vsm`.
using Files = std::map<std::string, std::string>;

/// The checked model of a map; empty if it does not compile. Stores its diagnostics in `out` if given; their sources
/// are not kept.
std::optional<ir::CheckedModel> compile_text(std::string_view text, Diagnostics* out = nullptr,
                                             const Files& imports = {});

/// The comments of a map, sorted.
std::vector<std::string> comments_in(const std::string& text);

/// The diagnostics of a map in the concise format of the command line, sorted.
std::string diagnose(std::string_view text, const Files& imports = {});

}  // namespace vsm::tests
