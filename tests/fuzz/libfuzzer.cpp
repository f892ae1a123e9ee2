// One target, given by VSM_FUZZ_TARGET, for libFuzzer and whatever calls a target as it does.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const vsm::fuzz::Target& target = *vsm::fuzz::find_target(VSM_FUZZ_TARGET);
    target.run(vsm::fuzz::sampled(std::string(reinterpret_cast<const char*>(data), size)));
    return 0;
}
