#include "compiler/check/all_checks.h"
#include "diag/lower.h"

namespace vsm::check {
namespace {

/// Limit for all targets in all futures of one map: every report shows each of them.
constexpr std::size_t most_verdicts = 100'000;

}  // namespace

void check_verdicts(const ir::Model& model, Diagnostics& diagnostics) {
    const IdVector<ir::StreamId, ir::StreamId> roots = ir::roots_of(model);
    std::size_t verdicts = 0;
    for (std::size_t i = 0; i < model.streams.size(); ++i) {
        const ir::Stream& stream = model.streams[model.streams.id_at(i)];
        if (!stream.future || !stream.future->of.valid()) continue;
        verdicts += model.streams[roots[model.streams.id_at(i)]].targets.size();
        if (verdicts <= most_verdicts) continue;
        diagnostics
            .report(diag::out_of_range, stream.range,
                    fmt::format("a map with {} targets to judge in its futures", verdicts),
                    fmt::format("the {} that one map may have", most_verdicts))
            .help("put futures into files of their own, which import the stream");
        return;
    }
}

}  // namespace vsm::check
