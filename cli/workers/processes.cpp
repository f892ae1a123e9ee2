#include "cli/workers/processes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include "cli/io/descriptor.h"

namespace vsm::cli {
namespace {

/// With fewer pieces per process, starting it does not pay off.
constexpr std::size_t least_pieces = 8;
constexpr std::uint32_t no_piece = 0xffffffff;

struct Header {
    std::uint32_t piece;
    std::uint32_t size;
};

/// Shared memory: the next piece, and the current piece of each worker.
class Board {
public:
    static std::unique_ptr<Board> make(std::size_t workers) {
        const std::size_t bytes = (workers + 1) * sizeof(Cell);
        void* place = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (place == MAP_FAILED) return nullptr;
        return std::unique_ptr<Board>(new Board(place, workers, bytes));
    }
    Board(const Board&) = delete;
    Board& operator=(const Board&) = delete;
    ~Board() { ::munmap(cells_, bytes_); }

    std::uint32_t take() { return cells_[0].fetch_add(1); }
    std::atomic<std::uint32_t>& at(std::size_t worker) { return cells_[worker + 1]; }

private:
    using Cell = std::atomic<std::uint32_t>;
    static_assert(Cell::is_always_lock_free);

    Board(void* place, std::size_t workers, std::size_t bytes) : cells_(static_cast<Cell*>(place)), bytes_(bytes) {
        for (std::size_t i = 0; i <= workers; ++i) new (cells_ + i) Cell(i == 0 ? 0 : no_piece);
    }

    Cell* cells_;
    std::size_t bytes_;
};

struct Worker {
    pid_t process = -1;
    std::unique_ptr<Descriptor> from;
    std::string received;
};

[[noreturn]] void work_as(std::size_t worker, const SharedWork& work, Board& board, int to, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    for (std::uint32_t piece = board.take(); piece < work.count; piece = board.take()) {
        board.at(worker) = piece;
        const std::string result = work.make(piece);
        const Header header{piece, static_cast<std::uint32_t>(result.size())};
        const std::string_view bytes(reinterpret_cast<const char*>(&header), sizeof header);
        if (!write_all(to, bytes) || !write_all(to, result)) ::_exit(1);
    }
    board.at(worker) = no_piece;
    ::_exit(0);
}

class Crew {
public:
    Crew(const SharedWork& work, std::unique_ptr<Board> board)
        : work_(work), board_(std::move(board)), results_(work.count) {}
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    ~Crew() {
        for (const Worker& worker : workers_) {
            if (worker.process < 0) continue;
            ::kill(worker.process, SIGKILL);
            end_of(worker.process);
        }
    }

    /// Starts another worker; false if the system refuses.
    bool start() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) return false;
        auto from = std::make_unique<Descriptor>(ends[0]);
        const Descriptor to(ends[1]);
        const pid_t parent = ::getpid(), process = ::fork();
        if (process == 0) work_as(workers_.size(), work_, *board_, to.get(), parent);
        if (process < 0) return false;
        workers_.push_back(Worker{process, std::move(from), {}});
        return true;
    }

    Result<std::vector<std::string>> finish() {
        while (const std::size_t open = open_count()) {
            if (auto heard = hear(open); !heard) return Failure{heard.error()};
            work_.done(done_);
        }
        if (done_ != work_.count) return Failure{"not all of the work came back; this is a bug of vsm"};
        return std::move(results_);
    }

private:
    static int end_of(pid_t process) {
        int status = 0;
        while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
        }
        return status;
    }

    std::size_t open_count() const {
        return static_cast<std::size_t>(
            std::count_if(workers_.begin(), workers_.end(), [](const Worker& one) { return one.process >= 0; }));
    }

    Result<bool> hear(std::size_t open) {
        std::vector<pollfd> polled;
        std::vector<std::size_t> who;
        for (std::size_t i = 0; i < workers_.size() && polled.size() < open; ++i) {
            if (workers_[i].process < 0) continue;
            polled.push_back({workers_[i].from->get(), POLLIN, 0});
            who.push_back(i);
        }
        constexpr int tenth_of_a_second = 100;
        if (::poll(polled.data(), polled.size(), tenth_of_a_second) < 0 && errno != EINTR)
            return Failure{system_reason()};
        for (std::size_t i = 0; i < polled.size(); ++i) {
            if (polled[i].revents == 0) continue;
            if (auto read = read_from(who[i]); !read) return read;
        }
        return true;
    }

    Result<bool> read_from(std::size_t index) {
        Worker& worker = workers_[index];
        char buffer[64 * 1024];
        const ssize_t count = ::read(worker.from->get(), buffer, sizeof buffer);
        if (count < 0) return errno == EINTR ? Result<bool>(true) : Failure{system_reason()};
        if (count == 0) return close(index);
        worker.received.append(buffer, static_cast<std::size_t>(count));
        take_results(worker.received);
        return true;
    }

    void take_results(std::string& received) {
        std::size_t at = 0;
        Header header{};
        while (received.size() - at >= sizeof header) {
            std::memcpy(&header, received.data() + at, sizeof header);
            if (received.size() - at - sizeof header < header.size) break;
            results_[header.piece] = received.substr(at + sizeof header, header.size);
            at += sizeof header + header.size;
            ++done_;
        }
        received.erase(0, at);
    }

    Result<bool> close(std::size_t index) {
        Worker& worker = workers_[index];
        const int status = end_of(std::exchange(worker.process, -1));
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
        const std::uint32_t piece = board_->at(index);
        const std::string how = WIFSIGNALED(status) ? fmt::format("was ended by signal {}", WTERMSIG(status))
                                                    : fmt::format("ended with status {}", WEXITSTATUS(status));
        return Failure{
            fmt::format("a process of vsm {}{}", how, piece == no_piece ? "" : " over " + work_.name(piece))};
    }

    const SharedWork& work_;
    std::unique_ptr<Board> board_;
    std::vector<std::string> results_;
    std::vector<Worker> workers_;
    std::size_t done_ = 0;
};

std::vector<std::string> make_here(const SharedWork& work) {
    std::vector<std::string> results;
    for (std::size_t piece = 0; piece < work.count; ++piece) {
        results.push_back(work.make(piece));
        work.done(piece + 1);
    }
    return results;
}

}  // namespace

std::size_t processors() {
    cpu_set_t usable;
    if (::sched_getaffinity(0, sizeof usable, &usable) != 0) return 1;
    return static_cast<std::size_t>(std::max(CPU_COUNT(&usable), 1));
}

Result<std::vector<std::string>> share_out(const SharedWork& work) {
    const std::size_t wanted = std::min(work.jobs, work.count / least_pieces);
    auto board = wanted > 1 ? Board::make(wanted) : nullptr;
    if (board == nullptr) return make_here(work);
    Crew crew(work, std::move(board));
    std::size_t started = 0;
    while (started < wanted && crew.start()) ++started;
    if (started == 0) return make_here(work);
    return crew.finish();
}

}  // namespace vsm::cli
