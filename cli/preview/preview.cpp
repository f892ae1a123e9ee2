#include "cli/preview/preview.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/diagnostics/render/render.h"
#include "base/text.h"
#include "cli/git/find_maps.h"
#include "cli/io/files.h"
#include "cli/session.h"
#include "compiler/lint/lint.h"

namespace vsm::cli {
namespace {

/// Records every requested import, found or not, and watches it before reading it.
class NotingReader final : public SourceReader {
public:
    NotingReader(const FoundMap& map, Watch& watch) : watch_(watch) { reader_.add_map(map); }

    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from,
                                                          const std::string& written) override {
        const std::string path = (std::filesystem::path(from).parent_path() / written).lexically_normal().string();
        watch_.add(path);
        asked_.insert(path);
        return reader_.read_import(from, written);
    }

    const std::set<std::string>& asked() const { return asked_; }

private:
    ImportReader reader_;
    Watch& watch_;
    std::set<std::string> asked_;
};

}  // namespace

Preview::Preview(std::string path, std::string stream, Links links)
    : path_(std::move(path)), stream_(std::move(stream)), links_(links) {
    compile();
}

bool Preview::follow() {
    if (!watch_.changed()) return false;
    compile();
    return true;
}

void Preview::compile() {
    ++version_;
    watch_.add(path_);
    const auto map = named_map(path_, links_);
    if (!map) {
        messages_ = printable(map.error());
        return;
    }
    auto text = read_file(map.value().real, Links::held);
    if (!text || !text.value()) {
        messages_ =
            text ? fmt::format("{} is gone; this is what it was last", printable(path_)) : printable(text.error());
        return;
    }
    NotingReader reader(map.value(), watch_);
    Workspace workspace(reader);
    Diagnostics diagnostics;
    const Compilation made = workspace.compile(path_, std::move(*text.value()), diagnostics);
    std::set<std::string> asked = reader.asked();
    asked.insert(path_);
    watch_.keep(asked);
    if (made.checked) lint::lint(*made.checked, {}, diagnostics);
    messages_ = render_text(sorted(diagnostics, workspace.sources()), workspace.sources());
    if (!made.checked) return;
    std::vector<backends::html::View> views;
    const backends::BackendOptions options;
    for (const ir::StreamId id : streams_of(*made.checked, stream_))
        views.push_back(backends::html::view_of({*made.checked, id, options}));
    // Editors may truncate a file before they write it: keep the last views until there are new ones.
    if (!views.empty())
        views_ = std::move(views);
    else
        messages_ += stream_.empty() ? "there is no stream to draw: the map declares none\n"
                                     : fmt::format("no stream is called `{}`\n", printable(stream_));
}

std::optional<std::string> Preview::page(const std::string& name) const {
    std::size_t shown = 0;
    while (!name.empty() && shown < views_.size() && views_[shown].name != name) ++shown;
    if (!name.empty() && shown == views_.size()) return std::nullopt;
    return backends::html::live_page(views_, shown, messages_, version_);
}

}  // namespace vsm::cli
