// measure ROUNDS NAME COMMAND [ARG…] [-- NAME COMMAND [ARG…]]…: runs the commands in turn, ROUNDS times each, so that
// other load on the machine affects all of them alike. Prints for each, tab-separated: name, exit code, median and 99th
// percentile of the wall time and median of the processor time in microseconds, peak resident memory in KiB. Input and
// output of the commands are /dev/null.
// A separate program, because a child's peak memory is never below that of its parent: this one has 1 MiB.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

extern char** environ;

namespace {

struct Command {
    std::string name;
    std::vector<char*> arguments;  // null-terminated, for exec
    std::vector<long> wall;        // microseconds, one per round
    std::vector<long> processor;
    long peak_kib = 0;
    int exit_code = 0;
};

std::vector<Command> read_commands(int count, char** words) {
    std::vector<Command> commands;
    for (int at = 0; at < count; ++at) {
        Command command;
        command.name = words[at];
        for (++at; at < count && std::strcmp(words[at], "--") != 0; ++at) command.arguments.push_back(words[at]);
        command.arguments.push_back(nullptr);
        commands.push_back(std::move(command));
    }
    return commands;
}

long microseconds(const timeval& time) { return time.tv_sec * 1'000'000 + time.tv_usec; }

/// Returns false if the command cannot be started.
bool run_once(Command& command, const posix_spawn_file_actions_t& redirections) {
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    if (posix_spawnp(&child, command.arguments[0], &redirections, nullptr, command.arguments.data(), environ) != 0) {
        return false;
    }
    int status = 0;
    rusage usage{};
    if (wait4(child, &status, 0, &usage) != child) return false;
    const auto wall = std::chrono::steady_clock::now() - start;
    command.wall.push_back(std::chrono::duration_cast<std::chrono::microseconds>(wall).count());
    command.processor.push_back(microseconds(usage.ru_utime) + microseconds(usage.ru_stime));
    command.peak_kib = std::max(command.peak_kib, usage.ru_maxrss);
    command.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
}

/// The nearest-rank percentile of `times`.
long percentile(std::vector<long> times, std::size_t percent) {
    std::sort(times.begin(), times.end());
    return times[(times.size() * percent + 99) / 100 - 1];
}

void print(const Command& command) {
    std::printf("%s\t%d\t%ld\t%ld\t%ld\t%ld\n", command.name.c_str(), command.exit_code, percentile(command.wall, 50),
                percentile(command.wall, 99), percentile(command.processor, 50), command.peak_kib);
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 0;
    std::vector<Command> commands = read_commands(argc - 2, argv + 2);
    if (rounds < 1 || commands.empty() || commands.front().arguments.size() < 2) {
        std::fputs("usage: measure ROUNDS NAME COMMAND [ARG...] [-- NAME COMMAND [ARG...]]...\n", stderr);
        return 2;
    }
    posix_spawn_file_actions_t redirections;
    posix_spawn_file_actions_init(&redirections);
    posix_spawn_file_actions_addopen(&redirections, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&redirections, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&redirections, 2, "/dev/null", O_WRONLY, 0);
    for (int round = 0; round < rounds; ++round) {
        for (Command& command : commands) {
            if (run_once(command, redirections)) continue;
            std::fprintf(stderr, "error: cannot run %s\n", command.arguments[0]);
            return 1;
        }
    }
    for (const Command& command : commands) print(command);
    return 0;
}
