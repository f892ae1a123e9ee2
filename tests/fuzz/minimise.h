// Minimises an input that breaks a property.
#pragma once

#include <string>

#include "tests/fuzz/targets.h"

namespace vsm::fuzz {

/// Removes lines, tokens and bytes while the fault stays the same. Returns the bytes unchanged if they break nothing.
std::string minimise(const Target& target, std::string bytes);

}  // namespace vsm::fuzz
