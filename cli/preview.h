// A map as pages that follow it: compiled again when it or what it imports changes. Knows nothing of servers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "backends/html/page.h"
#include "cli/links.h"
#include "cli/watch.h"

namespace vsm::cli {

class Preview {
public:
    /// `stream`: only this one; empty: all that the map declares itself.
    Preview(std::string path, std::string stream, Links links);

    /// Compiles if a file changed since. Gives whether there is something new to show.
    bool follow();

    /// The page of a stream, or of the first for an empty name; nothing when no such stream was ever drawn.
    std::optional<std::string> page(const std::string& name) const;

    /// Grows with every change.
    std::size_t version() const { return version_; }

private:
    void compile();

    std::string path_;
    std::string stream_;
    Links links_;
    Watch watch_;
    std::vector<backends::html::View> views_;  ///< of the last time the map was right
    std::string messages_;
    std::size_t version_ = 0;
};

}  // namespace vsm::cli
