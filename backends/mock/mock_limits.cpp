#include "backends/mock/mock_limits.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/support/facts.h"
#include "diag/outputs.h"

namespace vsm::backends::mock {

bool check_steps(const BackendInput& input, std::string_view target, std::size_t most, Diagnostics& diagnostics) {
    const auto& elements = input.stream().elements;
    const auto steps = static_cast<std::size_t>(
        std::count_if(elements.begin(), elements.end(), [](const ir::Element& one) { return ir::is_step(one); }));
    if (steps <= most) return true;
    diagnostics
        .report(diag::over_target_limit, input.stream().range,
                fmt::format("stream `{}` needs more than {} jobs", input.stream().name.value, steps), target, most)
        .help("fold steps together, or show a part of the stream at a time");
    return false;
}

bool check_bytes(const BackendInput& input, std::string_view target, std::string_view document, std::size_t bytes,
                 std::size_t most, Diagnostics& diagnostics) {
    if (bytes <= most) return true;
    diagnostics
        .report(diag::over_target_limit, input.stream().range, fmt::format("{} holds {} bytes", document, bytes),
                target, most)
        .help("fold steps together, shorten titles and notes, or show a part of the stream at a time");
    return false;
}

void report_missing(const BackendInput& input, std::string_view target, const OmittedPass& pass, const std::string& why,
                    Diagnostics& diagnostics) {
    const ir::Element& finder = input.stream().elements[pass.finder];
    const ir::Rework& rework = ir::step_of(finder)->reworks[pass.rework];
    diagnostics.report(diag::not_carried, rework.range, target, fmt::format("the rework of `{}`", finder.label))
        .help(fmt::format("{}; the step's text says: {}", why, rework_text(input, rework)));
}

}  // namespace vsm::backends::mock
