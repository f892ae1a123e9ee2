// A program that is run and read from, without a shell. Knows no program in particular.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace vsm::cli {

/// What a program said, and its exit code.
struct ChildOutput {
    std::string out, err;
    int exit = 0;
};

/// A program with its standard input and output as pipes. What it says on its standard error is thrown away.
class Child {
public:
    /// Words as they are; `environment` are lines `NAME=value`, all there is. Says that the program is not there.
    static Result<Child> start(const std::vector<std::string>& words, const std::vector<std::string>& environment);
    Child(Child&& other) noexcept;
    Child& operator=(Child&&) = delete;
    ~Child();

    bool write(std::string_view text);
    /// Up to the next line feed, which is taken and not given; nothing at the end.
    std::optional<std::string> read_line();
    /// So many bytes; nothing when there are fewer.
    std::optional<std::string> read(std::size_t count);
    /// Takes so many bytes and keeps none; false when there are fewer.
    bool skip(std::size_t count);

private:
    Child(pid_t id, int in, int out) : id_(id), in_(in), out_(out) {}
    bool fill();

    pid_t id_ = -1;
    int in_ = -1, out_ = -1;
    std::string pending_;
    std::size_t at_ = 0;
};

/// Runs a program to its end, with nothing on its standard input.
Result<ChildOutput> run_program(const std::vector<std::string>& words, const std::vector<std::string>& environment);

}  // namespace vsm::cli
