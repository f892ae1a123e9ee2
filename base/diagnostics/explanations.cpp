#include "base/diagnostics/explanations.h"

#include <array>

#include "base/diagnostics/codes.h"

namespace vsm {
namespace {

constexpr auto table = std::to_array<Explanation>({
#define VSM_EXPLANATION(identifier, what, bad, good) {Code::identifier, what, bad, good, {}},
#define VSM_OUTPUT_EXPLANATION(identifier, output, what, bad, good) {Code::identifier, what, bad, good, output},
#define VSM_CONFIGURATION_EXPLANATION(identifier, what, bad, good) \
    {Code::identifier, what, bad, good, configuration_file},
#include "base/diagnostics/explanations.def"
#undef VSM_EXPLANATION
#undef VSM_OUTPUT_EXPLANATION
#undef VSM_CONFIGURATION_EXPLANATION
});

}  // namespace

std::span<const Explanation> all_explanations() { return table; }

const Explanation* find_explanation(Code code) {
    for (const Explanation& row : table)
        if (row.code == code) return &row;
    return nullptr;
}

}  // namespace vsm
