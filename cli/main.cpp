#include <cstdlib>
#include <new>

#include "cli/args/command_line.h"
#include "cli/io/own_stack.h"
#include "cli/io/terminal.h"

int main(int count, char** words) {
    using namespace vsm::cli;
    std::set_new_handler([] {
        print_error("vsm: there is not enough memory for this map\n");
        std::_Exit(exit_trouble);
    });
    secure_standard_streams();
    constexpr std::size_t stack = 8 * 1024 * 1024;  // the usual limit on Linux; only pages in use take memory
    return on_own_stack(stack, [&] {
        const int code = run_command_line(count, words);
        return flush_output() ? code : exit_trouble;
    });
}
