// Runs programs without a shell and reads their output. Does not depend on any particular program.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace vsm::cli {

/// How long a program may be silent before it is ended: a hostile repository can make git wait for a pipe.
inline constexpr std::chrono::minutes longest_silence{5};

/// The output of a program and its exit code.
struct ChildOutput {
    std::string out, err;
    int exit = 0;
};

/// A running program with pipes to its standard input and output. Discards its standard error. Its output ends if it is
/// silent for too long.
class Child {
public:
    /// Starts a program. `words` are passed literally; `environment` is the complete environment, as `NAME=value`.
    /// Fails if the program does not exist or cannot be started.
    static Result<Child> start(const std::vector<std::string>& words, const std::vector<std::string>& environment);
    Child(Child&& other) noexcept;
    Child& operator=(Child&&) = delete;
    ~Child();

    bool write(std::string_view text);
    /// The next line, without its line feed; nothing if the output ends before one.
    std::optional<std::string> read_line();
    /// The next `count` bytes; nothing if the output ends before.
    std::optional<std::string> read(std::size_t count);
    /// Discards `count` bytes; false if the output ends before.
    bool skip(std::size_t count);

private:
    Child(pid_t id, int in, int out) : id_(id), in_(in), out_(out) {}
    bool fill();

    pid_t id_ = -1;
    int in_ = -1, out_ = -1;
    std::string pending_;
    std::size_t at_ = 0;
};

/// Runs a program to its end, with /dev/null as standard input. Fails if it cannot be started, or if it neither writes
/// nor ends for as long as `patience`.
Result<ChildOutput> run_program(const std::vector<std::string>& words, const std::vector<std::string>& environment,
                                std::chrono::milliseconds patience = longest_silence);

}  // namespace vsm::cli
