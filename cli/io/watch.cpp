#include "cli/io/watch.h"

#include <sys/stat.h>
#include <time.h>

#include <functional>
#include <string_view>

#include "cli/io/files.h"

namespace vsm::cli {
namespace {

constexpr std::int64_t nanoseconds = 1'000'000'000;

std::int64_t nanoseconds_of(const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * nanoseconds + time.tv_nsec;
}

}  // namespace

Watch::State Watch::look(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    State state{true, static_cast<std::uint64_t>(status.st_ino), static_cast<std::uint64_t>(status.st_size), 0,
                nanoseconds_of(status.st_mtim)};
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    if (nanoseconds_of(now) - state.time < 2 * nanoseconds) {
        const auto text = read_file(path, Links::held);
        if (text && text.value()) state.content = std::hash<std::string_view>()(*text.value());
    }
    return state;
}

void Watch::add(const std::string& path) {
    if (!states_.contains(path)) states_.emplace(path, look(path));
}

void Watch::keep(const std::set<std::string>& paths) {
    std::erase_if(states_, [&](const auto& one) { return !paths.contains(one.first); });
}

bool Watch::changed() {
    bool any = false;
    for (auto& [path, state] : states_) {
        const State now = look(path);
        // a content hash that is no longer computed is no change
        State same = state;
        if (now.content == 0) same.content = 0;
        any = any || now != same;
        state = now;
    }
    return any;
}

}  // namespace vsm::cli
