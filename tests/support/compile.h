// A map as text, compiled the way the command line does it, for tests.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/compile.h"

namespace vsm::tests {

/// Files by name; the first argument of compile() is read as `map.vsm`.
using Files = std::map<std::string, std::string>;

/// The checked model of a map, or nothing. With `out`, its diagnostics; their places are in a set that is not kept.
std::optional<ir::CheckedModel> compile_text(std::string_view text, Diagnostics* out = nullptr, const Files& imports = {});

/// The comments of a map, sorted.
std::vector<std::string> comments_in(const std::string& text);

/// What the command line would print about a map in its short form, sorted.
std::string diagnose(std::string_view text, const Files& imports = {});

}  // namespace vsm::tests
