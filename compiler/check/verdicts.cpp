#include "compiler/check/checks.h"

namespace vsm::check {
namespace {

/// Of all targets for all futures of one map: each is said in every report.
constexpr std::size_t most_verdicts = 100'000;

ir::StreamId root_of(const ir::Model& model, ir::StreamId stream) {
    while (model.streams[stream].future && model.streams[stream].future->of.valid())
        stream = model.streams[stream].future->of;
    return stream;
}

}  // namespace

void check_verdicts(const ir::Model& model, Diagnostics& diagnostics) {
    std::size_t verdicts = 0;
    for (std::size_t i = 0; i < model.streams.size(); ++i) {
        const ir::Stream& stream = model.streams[model.streams.id_at(i)];
        if (!stream.future || !stream.future->of.valid()) continue;
        verdicts += model.streams[root_of(model, model.streams.id_at(i))].targets.size();
        if (verdicts <= most_verdicts) continue;
        diagnostics
            .report(diag::out_of_range, stream.range, fmt::format("a map with {} targets to judge in its futures", verdicts),
                    fmt::format("the {} that one map may have", most_verdicts))
            .help("put futures into files of their own, which import the stream");
        return;
    }
}

}  // namespace vsm::check
