#include "backends/options/options.h"

#include <algorithm>

namespace vsm::backends {
namespace {

template <class Options>
void add(std::vector<BackendFlag>& all, const std::vector<std::string_view>& backends) {
    for (const FlagRow<Options>& row : Options::flags()) all.push_back({row.form, backends, row.read});
}

}  // namespace

std::vector<BackendFlag> all_backend_flags() {
    std::vector<BackendFlag> all;
    add<CodepipelineOptions>(all, {"codepipeline"});
    add<GithubOptions>(all, {"github"});
    add<PictureOptions>(all, {"svg", "html"});
    add<MermaidOptions>(all, {"mermaid"});
    add<MockOptions>(all, {"codepipeline", "github", "gitlab"});
    return all;
}

std::optional<TimeScale> read_time_scale(std::string_view text) {
    if (text.starts_with("1d=")) text.remove_prefix(3);
    if (text == "0") return TimeScale{{0}};
    const std::size_t letters = std::min(text.find_first_not_of("0123456789."), text.size());
    const auto number = parse_decimal(text.substr(0, letters));
    const auto unit = parse_time_unit(text.substr(letters));
    if (!number || !unit || *unit > TimeUnit::hour) return std::nullopt;
    const auto length = scale_exactly(*number, length_of(*unit, round_the_clock).microseconds);
    if (!length || *length > TimeScale::longest.microseconds) return std::nullopt;
    return TimeScale{{*length}};
}

}  // namespace vsm::backends
