// Runs a program and keeps what it says. Knows nothing of golden files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace vsm::golden {

struct Outcome {
    std::string out;
    std::string err;
    int exit = -1;  ///< 128 + the signal when one ended it
};

/// `NAME=value`; besides these, a program gets PATH and nothing else of the caller's environment but the settings of sanitizers.
using Environment = std::vector<std::string>;

/// Runs `words` in `folder` with an empty standard input. A program that cannot be started exits with 127.
Outcome run(const std::vector<std::string>& words, const std::filesystem::path& folder, const Environment& environment);

/// A folder of its own, removed with all it holds at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// The bytes of a file; empty when there is none.
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& text);

}  // namespace vsm::golden
