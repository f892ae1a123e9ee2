#include <fmt/format.h>

#include "backends/backend.h"
#include "backends/support/facts.h"
#include "backends/support/headline.h"
#include "backends/svg/draw.h"
#include "backends/svg/layout.h"
#include "diag/outputs.h"

namespace vsm::backends::svg {
namespace {

/// Browsers draw larger files slowly.
constexpr std::size_t most_bytes = 2'000'000;

}  // namespace

XmlElement drawing_of(const BackendInput& input, bool styled) {
    std::vector<Picture> pictures;
    if (input.options.compare && input.stream().future) {
        const BackendInput base{input.model, input.stream().future->of, input.options, input.measured};
        pictures.push_back(lay_out(base, input.figures(base.stream_id), {input.stream_id, !styled}));
    }
    const runtime::StreamMetrics metrics = input.figures(input.stream_id);
    pictures.push_back(lay_out(input, metrics, {{}, !styled}));
    std::string description = "Value stream map.";
    for (const Headline& one : headlines_of(input, metrics))
        description += fmt::format(" {}: {}.", one.label, one.value);
    for (const std::string& one : constraints_of(input, metrics)) description += fmt::format(" {}.", one);
    return draw(pictures, called(input.stream()), description, styled);
}

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics) {
    std::string content = write_xml(drawing_of(input, true));
    if (content.size() > most_bytes)
        diagnostics.report(diag::large_output, input.stream().range, "svg", content.size(), "browsers draw it slowly")
            .help("show a part of the stream at a time, or fold steps together");
    return {{".svg", std::move(content), {{"open it in a browser, or put it into a README: ![](FILE)", ""}}}};
}

}  // namespace vsm::backends::svg
