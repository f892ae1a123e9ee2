// Entry point for libFuzzer and compatible fuzzers: runs the target VSM_FUZZ_TARGET.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const vsm::fuzz::Target& target = *vsm::fuzz::find_target(VSM_FUZZ_TARGET);
    target.run(vsm::fuzz::sampled(std::string(reinterpret_cast<const char*>(data), size)));
    return 0;
}
