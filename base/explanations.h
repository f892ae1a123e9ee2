// What each diagnostic means, for `vsm explain` and docs/diagnostics.md. Rules carry their own text (compiler/lint/rules).
#pragma once

#include <span>
#include <string_view>

#include "base/diagnostics.h"

namespace vsm {

inline constexpr std::string_view configuration_file = ".vsm.yaml";

struct Explanation {
    Code code;
    std::string_view what;    ///< what is wrong, why it matters and what to write instead, in a few sentences
    std::string_view bad;     ///< a map that has exactly this diagnostic; empty where no short text can show it
    std::string_view good;    ///< the map mended
    std::string_view target;  ///< of 40xx: the target that reports it; `configuration_file`: bad and good are configurations
};

/// All rows of base/explanations.def, in the order of their codes.
std::span<const Explanation> all_explanations();

/// Null for a rule, and only for a rule.
const Explanation* find_explanation(Code code);

}  // namespace vsm
