#include "cli/io/subprocess.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <span>
#include <utility>

#include "cli/io/descriptor.h"

namespace vsm::cli {
namespace {

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

struct Pipe {
    int read = -1, write = -1;
};

std::optional<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
    return Pipe{ends[0], ends[1]};
}

void close_all(std::initializer_list<int> descriptors) {
    for (const int one : descriptors)
        if (one >= 0) ::close(one);
}

/// Starts a program with the given standard streams; a negative descriptor stands for /dev/null.
Result<pid_t> spawn(const std::vector<std::string>& words, const std::vector<std::string>& environment,
                    std::array<int, 3> streams) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    for (int i = 0; i < 3; ++i) {
        const int from = streams[static_cast<std::size_t>(i)];
        if (from >= 0)
            ::posix_spawn_file_actions_adddup2(&actions, from, i);
        else
            ::posix_spawn_file_actions_addopen(&actions, i, "/dev/null", i == 0 ? O_RDONLY : O_WRONLY, 0);
    }
    // This process ignores SIGPIPE, but children must end when they write to a closed pipe.
    sigset_t defaults;
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    pid_t id = -1;
    const int failed = ::posix_spawnp(&id, words.front().c_str(), &actions, &attributes, pointers_to(words).data(),
                                      pointers_to(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    if (failed == 0) return id;
    errno = failed;
    return Failure{failed == ENOENT ? fmt::format("there is no `{}` here", words.front())
                                    : fmt::format("cannot run `{}`: {}", words.front(), system_reason())};
}

int wait_for(pid_t id) {
    int status = 0;
    while (::waitpid(id, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/// Waits until a descriptor can be read. Returns false if that takes longer than `patience`.
bool wait_for_any(std::span<pollfd> open, std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0) return false;
        const int ready = ::poll(open.data(), open.size(), static_cast<int>(left.count()));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

/// Reads once and appends; false at the end of the file or on an error.
bool take(int descriptor, std::string& text) {
    std::array<char, 65536> block;
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count < 0) return errno == EINTR;
    text.append(block.data(), static_cast<std::size_t>(count));
    return count > 0;
}

}  // namespace

Result<Child> Child::start(const std::vector<std::string>& words, const std::vector<std::string>& environment) {
    const auto in = make_pipe(), out = make_pipe();
    if (!in || !out) return Failure{"cannot make a pipe: " + system_reason()};
    auto id = spawn(words, environment, {in->read, out->write, -1});
    close_all({in->read, out->write});
    if (id) return Child(id.value(), in->write, out->read);
    close_all({in->write, out->read});
    return Failure{id.error()};
}

Child::Child(Child&& other) noexcept
    : id_(std::exchange(other.id_, -1)), in_(std::exchange(other.in_, -1)), out_(std::exchange(other.out_, -1)),
      pending_(std::move(other.pending_)), at_(other.at_) {}

Child::~Child() {
    close_all({in_, out_});
    if (id_ > 0) wait_for(id_);
}

bool Child::write(std::string_view text) { return write_all(in_, text); }

bool Child::fill() {
    pending_.erase(0, at_);
    at_ = 0;
    std::array<pollfd, 1> open{pollfd{out_, POLLIN, 0}};
    if (!wait_for_any(open, longest_silence)) {
        ::kill(id_, SIGKILL);
        return false;
    }
    return take(out_, pending_);
}

std::optional<std::string> Child::read_line() {
    std::size_t end = pending_.find('\n', at_);
    while (end == std::string::npos) {
        if (!fill()) return std::nullopt;
        end = pending_.find('\n', at_);
    }
    std::string line = pending_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
}

std::optional<std::string> Child::read(std::size_t count) {
    while (pending_.size() - at_ < count)
        if (!fill()) return std::nullopt;
    std::string text = pending_.substr(at_, count);
    at_ += count;
    return text;
}

bool Child::skip(std::size_t count) {
    while (count > 0) {
        if (at_ == pending_.size() && !fill()) return false;
        const std::size_t taken = std::min(count, pending_.size() - at_);
        at_ += taken;
        count -= taken;
    }
    return true;
}

Result<ChildOutput> run_program(const std::vector<std::string>& words, const std::vector<std::string>& environment,
                                std::chrono::milliseconds patience) {
    const auto out = make_pipe(), err = make_pipe();
    if (!out || !err) return Failure{"cannot make a pipe: " + system_reason()};
    auto id = spawn(words, environment, {-1, out->write, err->write});
    close_all({out->write, err->write});
    const Descriptor read_out(out->read), read_err(err->read);
    if (!id) return Failure{id.error()};
    ChildOutput said;
    std::array<pollfd, 2> open{pollfd{out->read, POLLIN, 0}, pollfd{err->read, POLLIN, 0}};
    while (open[0].fd >= 0 || open[1].fd >= 0) {
        if (!wait_for_any(open, patience)) {
            ::kill(id.value(), SIGKILL);
            wait_for(id.value());
            return Failure{fmt::format("`{}` neither answered nor ended", words.front())};
        }
        if (open[0].revents != 0 && !take(out->read, said.out)) open[0].fd = -1;
        if (open[1].revents != 0 && !take(err->read, said.err)) open[1].fd = -1;
    }
    said.exit = wait_for(id.value());
    return said;
}

}  // namespace vsm::cli
