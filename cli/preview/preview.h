// Renders a map as pages that follow its changes: recompiles when the map or an import changes. Does not depend on
// servers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "backends/html/page.h"
#include "cli/io/links.h"
#include "cli/io/watch.h"

namespace vsm::cli {

class Preview {
public:
    /// `stream`: show only this one; empty: all that the map itself declares.
    Preview(std::string path, std::string stream, Links links);

    /// Recompiles if a file changed. Returns whether there is something new to show.
    bool follow();

    /// The page of a stream, or of the first for an empty name; nothing if no stream of that name was drawn.
    std::optional<std::string> page(const std::string& name) const;

    /// Increases with every change.
    std::size_t version() const { return version_; }

private:
    void compile();

    std::string path_;
    std::string stream_;
    Links links_;
    Watch watch_;
    std::vector<backends::html::View> views_;  ///< from the last version of the map that compiled
    std::string messages_;
    std::size_t version_ = 0;
};

}  // namespace vsm::cli
