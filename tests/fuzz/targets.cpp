#include "tests/fuzz/targets.h"

#include <algorithm>
#include <array>

namespace vsm::fuzz {

std::span<const Target> all_targets() {
    static constexpr std::array<Target, 6> targets{{
        {"front-end", InputKind::map, try_front_end},
        {"backends", InputKind::map, try_backends},
        {"fmt", InputKind::map, try_fmt},
        {"configuration", InputKind::configuration, try_configuration},
        {"diff", InputKind::pair_of_maps, try_diff},
        {"apply", InputKind::map, try_apply},
    }};
    return targets;
}

const Target* find_target(std::string_view name) {
    const auto targets = all_targets();
    const auto found =
        std::find_if(targets.begin(), targets.end(), [&](const Target& one) { return one.name == name; });
    return found == targets.end() ? nullptr : &*found;
}

}  // namespace vsm::fuzz
