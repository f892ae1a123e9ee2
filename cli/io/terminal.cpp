#include "cli/io/terminal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "cli/io/descriptor.h"

namespace vsm::cli {
namespace {

std::string& pending() {
    static std::string text;
    return text;
}

bool set_and_not_empty(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

}  // namespace

void secure_standard_streams() {
    for (const int descriptor : {0, 1, 2}) {
        if (::fcntl(descriptor, F_GETFD) != -1) continue;
        // Inverted modes: reading a closed input or writing a closed output must fail instead of acting on an empty
        // file.
        const int made = ::open("/dev/null", descriptor == 1 ? O_RDONLY : O_WRONLY);
        if (made != descriptor && made >= 0) {
            ::dup2(made, descriptor);
            ::close(made);
        }
    }
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // exceeding the file-size limit is a write error like any other
}

bool use_color(ColorMode mode, int descriptor) {
    if (mode != ColorMode::automatic) return mode == ColorMode::always;
    if (set_and_not_empty("NO_COLOR")) return false;
    if (set_and_not_empty("CLICOLOR_FORCE") || set_and_not_empty("FORCE_COLOR")) return true;
    return is_terminal(descriptor);
}

bool is_terminal(int descriptor) {
    const char* terminal = std::getenv("TERM");
    return ::isatty(descriptor) == 1 && terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

void print(std::string_view text) { pending() += text; }

void print_error(std::string_view text) { write_all(2, text); }

bool flush_output() {
    const std::string text = std::exchange(pending(), {});
    if (text.empty() || write_all(1, text)) return true;
    print_error(std::string("vsm: cannot write to the standard output: ") + std::strerror(errno) + "\n");
    return false;
}

}  // namespace vsm::cli
