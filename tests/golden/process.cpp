#include "tests/golden/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>

extern char** environ;

namespace vsm::golden {
namespace {

namespace fs = std::filesystem;

bool kept(std::string_view variable) {
    for (const std::string_view start : {"ASAN_", "UBSAN_", "LSAN_", "GCOV_"})
        if (variable.starts_with(start)) return true;
    return false;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

void redirect(const char* path, int flags, int to) {
    const int file = ::open(path, flags, 0600);
    if (file < 0 || ::dup2(file, to) < 0) ::_exit(126);
    ::close(file);
}

}  // namespace

Outcome run(const std::vector<std::string>& words, const fs::path& folder, const Environment& environment) {
    const TemporaryFolder said;
    const std::string out = said.path() / "out", err = said.path() / "err";
    std::vector<std::string> arguments = words, variables = environment;
    for (char** variable = environ; *variable != nullptr; ++variable)
        if (kept(*variable)) variables.emplace_back(*variable);
    const std::vector<char*> argument_pointers = pointers_to(arguments), variable_pointers = pointers_to(variables);
    const pid_t child = ::fork();
    if (child == 0) {
        redirect("/dev/null", O_RDONLY, 0);
        redirect(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 1);
        redirect(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 2);
        if (::chdir(folder.c_str()) != 0) ::_exit(126);
        ::execve(argument_pointers[0], argument_pointers.data(), variable_pointers.data());
        ::_exit(127);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) return {};
    return {read_file(out), read_file(err), WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
}

TemporaryFolder::TemporaryFolder() {
    std::string name = fs::temp_directory_path() / "vsm-golden-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
        std::perror("cannot make a temporary folder");
        std::exit(2);
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void write_file(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) {
        std::perror(path.c_str());
        std::exit(2);
    }
}

}  // namespace vsm::golden
