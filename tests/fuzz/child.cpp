#include "tests/fuzz/child.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace vsm::fuzz {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

#if defined(NDEBUG)
constexpr bool optimized = true;
#else
constexpr bool optimized = false;
#endif

/// Processor time in seconds, ample for an input of a few kilobytes.
constexpr time_t most_seconds = sanitized || !optimized ? 10 : 1;

extern "C" void out_of_time(int) {
    constexpr std::string_view said = "property broken: an input takes little time\n";
    if (write(2, said.data(), said.size()) < 0) _exit(1);
    std::abort();
}

[[noreturn]] void fail(const char* what) {
    std::perror(what);
    std::exit(2);
}

void bound_memory() {
    if (sanitized) return;
    const rlimit limit{1u << 30, 1u << 30};
    if (setrlimit(RLIMIT_AS, &limit) != 0) fail("setrlimit");
}

std::string text_of(int file) {
    std::string text;
    char block[4096];
    for (off_t at = 0;; at = static_cast<off_t>(text.size())) {
        const ssize_t count = pread(file, block, sizeof block, at);
        if (count <= 0) return text;
        text.append(block, static_cast<std::size_t>(count));
    }
}

}  // namespace

void begin_input() {
    const itimerval limit{{0, 0}, {most_seconds, 0}};
    if (setitimer(ITIMER_PROF, &limit, nullptr) != 0) fail("setitimer");
}

std::string Ending::fault() const {
    for (const std::string_view mark :
         {"property broken", "internal error", "SUMMARY: ", "runtime error: ", "terminate called"}) {
        const std::size_t at = said.find(mark);
        if (at != std::string::npos) return said.substr(at, said.find('\n', at) - at);
    }
    return said.substr(0, said.find('\n'));
}

Child start(const std::function<void()>& work) {
    Child child;
    child.said = memfd_create("said", MFD_CLOEXEC);
    if (child.said < 0) fail("memfd_create");
    std::fflush(stdout);
    child.process = fork();
    if (child.process < 0) fail("fork");
    if (child.process > 0) return child;
    if (dup2(child.said, 2) < 0) _exit(2);
    if (signal(SIGPROF, out_of_time) == SIG_ERR) fail("signal");
    bound_memory();
    work();
    _exit(0);
}

Ending end_of(const Child& child, int status) {
    Ending ending{WIFEXITED(status) && WEXITSTATUS(status) == 0, text_of(child.said)};
    close(child.said);
    if (!ending.well && ending.said.empty())
        ending.said = WIFSIGNALED(status) ? std::string("signal ") + strsignal(WTERMSIG(status))
                                          : "exit with " + std::to_string(WEXITSTATUS(status));
    return ending;
}

Ending in_child(const std::function<void()>& work) {
    const Child child = start(work);
    int status = 0;
    if (waitpid(child.process, &status, 0) < 0) fail("waitpid");
    return end_of(child, status);
}

}  // namespace vsm::fuzz
