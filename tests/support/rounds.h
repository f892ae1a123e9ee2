// The number of rounds of a property test. Does not depend on the properties.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace vsm::tests {

/// `usual` rounds, multiplied by VSM_TEST_ROUNDS if set.
inline std::uint64_t rounds(std::uint64_t usual) {
    const char* times = std::getenv("VSM_TEST_ROUNDS");
    const long factor = times == nullptr ? 1 : std::strtol(times, nullptr, 10);
    return usual * static_cast<std::uint64_t>(factor < 1 ? 1 : factor);
}

}  // namespace vsm::tests
