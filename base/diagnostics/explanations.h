// Explains each diagnostic for `vsm explain` and docs/diagnostics.md. Rules carry their own text (compiler/lint/rules).
#pragma once

#include <span>
#include <string_view>

#include "base/diagnostics/diagnostics.h"

namespace vsm {

inline constexpr std::string_view configuration_file = ".vsm.yaml";

struct Explanation {
    Code code;
    std::string_view what;  ///< the problem, why it matters and what to write instead, in a few sentences
    std::string_view bad;   ///< a map with exactly this diagnostic; empty if no short text can show it
    std::string_view good;  ///< the fixed map
    std::string_view
        target;  ///< for 40xx, the output that reports it; `configuration_file` if bad and good are configurations
};

/// All rows of base/diagnostics/explanations.def, sorted by code.
std::span<const Explanation> all_explanations();

/// Null if, and only if, the code is that of a rule.
const Explanation* find_explanation(Code code);

}  // namespace vsm
