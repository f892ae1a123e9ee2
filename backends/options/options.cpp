#include "backends/options/options.h"

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

}  // namespace vsm::backends
