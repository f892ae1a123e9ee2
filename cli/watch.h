// Which files changed since one looked last. Asks the file system; knows neither maps nor servers.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace vsm::cli {

/// Files that are looked at again and again. One that is missing is watched as well: it changes when it appears.
class Watch {
public:
    /// Looks at this file as well from now on, unless it does already. To be called before the file is read, or a change in between is lost.
    void add(const std::string& path);

    /// Looks no longer at any but these.
    void keep(const std::set<std::string>& paths);

    /// Whether any of them is another than when this was last asked: replaced, rewritten, gone or there again. A file written a moment ago is
    /// compared by its content, for its time may be that of the write before.
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
