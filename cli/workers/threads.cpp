#include "cli/workers/threads.h"

#include <fmt/format.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <memory>
#include <vector>

#include "base/text.h"

namespace vsm::cli {
namespace {

/// With fewer pieces per thread, starting it does not pay off.
constexpr std::size_t least_pieces = 8;
/// As for the main thread: maps nest 64 deep.
constexpr std::size_t stack_bytes = 8 * 1024 * 1024;
constexpr auto crashes = std::to_array({SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT});

/// What to print if this thread crashes; kept as bytes, because a signal handler can neither allocate nor format.
thread_local std::array<char, 512> last_words;
thread_local std::size_t last_words_size = 0;

void set_last_words(const std::string& piece) {
    last_words_size = 0;
    const std::string text = fmt::format("vsm: a bug of vsm ended it over {}; please report it with that map\n",
                                         shortened(log_text(piece), 300));
    std::copy_n(text.begin(), std::min(text.size(), last_words.size()), last_words.begin());
    last_words_size = std::min(text.size(), last_words.size());
}

/// The signal ends the program afterwards, as without the handler.
extern "C" void name_piece(int signal) {
    if (last_words_size > 0 && ::write(STDERR_FILENO, last_words.data(), last_words_size) < 0) ::_exit(128 + signal);
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

/// Handles crashes while work is shared out, unless something else, such as a sanitizer, does.
class CrashHandlers {
public:
    CrashHandlers() {
        struct sigaction ours{};
        ours.sa_handler = name_piece;
        ours.sa_flags = SA_ONSTACK;
        for (std::size_t i = 0; i < crashes.size(); ++i) {
            ::sigaction(crashes[i], nullptr, &before_[i]);
            if (before_[i].sa_handler == SIG_DFL) ::sigaction(crashes[i], &ours, nullptr);
        }
    }
    ~CrashHandlers() {
        for (std::size_t i = 0; i < crashes.size(); ++i) ::sigaction(crashes[i], &before_[i], nullptr);
    }
    CrashHandlers(const CrashHandlers&) = delete;
    CrashHandlers& operator=(const CrashHandlers&) = delete;

private:
    std::array<struct sigaction, crashes.size()> before_{};
};

/// A stack for the signal handler of this thread, which may have none left of its own.
class HandlerStack {
public:
    HandlerStack() : memory_(std::make_unique_for_overwrite<char[]>(bytes)) {
        stack_t own{};
        own.ss_sp = memory_.get();
        own.ss_size = bytes;
        ::sigaltstack(&own, &before_);
    }
    ~HandlerStack() { ::sigaltstack(&before_, nullptr); }
    HandlerStack(const HandlerStack&) = delete;
    HandlerStack& operator=(const HandlerStack&) = delete;

private:
    static constexpr std::size_t bytes = 64 * 1024;
    std::unique_ptr<char[]> memory_;
    stack_t before_{};
};

class Crew {
public:
    explicit Crew(const SharedWork& work) : work_(work) {}

    void run() {
        std::vector<Helper> helpers;
        helpers.reserve(work_.workers);
        for (std::size_t worker = 1; worker < work_.workers; ++worker) {
            helpers.push_back({this, worker, {}});
            if (!start(helpers.back())) helpers.pop_back();
        }
        work_as(0);
        for (const Helper& one : helpers) ::pthread_join(one.thread, nullptr);
    }

private:
    struct Helper {
        Crew* crew;
        std::size_t worker;
        pthread_t thread;
    };

    /// False if the system refuses another thread.
    static bool start(Helper& helper) {
        pthread_attr_t attributes;
        if (::pthread_attr_init(&attributes) != 0) return false;
        const auto work = [](void* given) -> void* {
            const auto& own = *static_cast<const Helper*>(given);
            own.crew->work_as(own.worker);
            return nullptr;
        };
        const bool started = ::pthread_attr_setstacksize(&attributes, stack_bytes) == 0 &&
                             ::pthread_create(&helper.thread, &attributes, work, &helper) == 0;
        ::pthread_attr_destroy(&attributes);
        return started;
    }

    void work_as(std::size_t worker) {
        const HandlerStack stack;
        for (std::size_t piece = next_++; piece < work_.count; piece = next_++) {
            set_last_words(work_.name(piece));
            work_.make(piece, worker);
            last_words_size = 0;
            const std::size_t done = ++done_;
            if (worker == 0 && work_.done) work_.done(done);
        }
    }

    const SharedWork& work_;
    std::atomic<std::size_t> next_ = 0, done_ = 0;
};

std::size_t processors() {
    cpu_set_t usable;
    if (::sched_getaffinity(0, sizeof usable, &usable) != 0) return 1;
    return static_cast<std::size_t>(std::max(CPU_COUNT(&usable), 1));
}

}  // namespace

std::size_t workers_for(std::size_t pieces, std::size_t jobs) {
    return std::clamp<std::size_t>(pieces / least_pieces, 1, jobs > 0 ? jobs : processors());
}

void share_out(const SharedWork& work) {
    const CrashHandlers handlers;
    Crew(work).run();
}

}  // namespace vsm::cli
