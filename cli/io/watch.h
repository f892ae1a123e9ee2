// Detects changes of files by polling the file system. Does not depend on maps or servers.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace vsm::cli {

/// A set of watched files. A missing file changes when it appears.
class Watch {
public:
    /// Watches another file, unless it is watched already. Call this before reading the file, so that no change is lost
    /// in between.
    void add(const std::string& path);

    /// Stops watching all other files.
    void keep(const std::set<std::string>& paths);

    /// Whether a file changed since the last call: replaced, rewritten, removed or created. Files written in the last
    /// two seconds are compared by content, since two writes can have the same time stamp.
    bool changed();

private:
    struct State {
        bool there = false;
        std::uint64_t file = 0, size = 0, content = 0;
        std::int64_t time = 0;
        bool operator==(const State&) const = default;
    };
    static State look(const std::string& path);

    std::map<std::string, State> states_;
};

}  // namespace vsm::cli
