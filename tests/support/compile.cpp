#include "tests/support/compile.h"

#include <algorithm>

#include "base/diagnostics/render/render.h"
#include "compiler/parse/tokens/tokens.h"

namespace vsm::tests {
namespace {

class MapReader final : public SourceReader {
public:
    explicit MapReader(const Files& files) : files_(files) {}
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string&, const std::string& written) override {
        if (written.starts_with("../")) return ImportRefusal{true, "the test's folder"};
        const auto found = files_.find(written);
        if (found == files_.end()) return ImportRefusal{false, "no such file"};
        return LoadedSource{found->first, found->second};
    }

private:
    const Files& files_;
};

}  // namespace

std::optional<ir::CheckedModel> compile_text(std::string_view text, Diagnostics* out, const Files& imports) {
    MapReader reader(imports);
    Workspace workspace(reader);
    Diagnostics diagnostics;
    auto made = workspace.compile("map.vsm", std::string(text), diagnostics);
    if (out != nullptr) *out = diagnostics;
    return std::move(made.checked);
}

std::vector<std::string> comments_in(const std::string& text) {
    const SourceFile source(FileId{0}, "map.vsm", text);
    Diagnostics ignored;
    std::vector<std::string> comments;
    for (const SourceRange& range : parse::split(source, ignored).comments) comments.emplace_back(source.text(range));
    std::sort(comments.begin(), comments.end());
    return comments;
}

std::string diagnose(std::string_view text, const Files& imports) {
    MapReader reader(imports);
    Workspace workspace(reader);
    Diagnostics diagnostics;
    workspace.compile("map.vsm", std::string(text), diagnostics);
    return render_concise(sorted(diagnostics, workspace.sources()), workspace.sources());
}

}  // namespace vsm::tests
