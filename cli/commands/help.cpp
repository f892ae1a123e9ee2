#include <fmt/format.h>

#include "cli/args/command_line.h"
#include "cli/args/values.h"

namespace vsm::cli {
namespace {

class Help final : public Command {
    void declare(Flags& flags) override {
        flags.argument("COMMAND", subject_, "A command").completes({command_names(), {}, {}, false});
    }
    UsageError settle() override {
        if (subject_.empty() || find_command(subject_) != nullptr) return std::nullopt;
        return fmt::format("there is no command `{}`{}", subject_, suggestion(subject_, command_names()));
    }
    int run(const CommonOptions&) override {
        print(help_of(subject_.empty() ? nullptr : find_command(subject_)));
        return exit_clean;
    }

    std::string subject_;
};

}  // namespace

extern const CommandInfo help_command;
const CommandInfo help_command{
    "help", "Show the help of vsm or of a command", {"vsm help", "vsm help build"}, make_command<Help>};

}  // namespace vsm::cli
