// Making an input that breaks something small.
#pragma once

#include <string>

#include "tests/fuzz/targets.h"

namespace vsm::fuzz {

/// Leaves out lines, tokens and bytes as long as the same fault shows. The bytes unchanged if they break nothing.
std::string minimise(const Target& target, std::string bytes);

}  // namespace vsm::fuzz
