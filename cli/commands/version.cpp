#include <fmt/format.h>

#include "cli/args/command.h"

namespace vsm::cli {
namespace {

class Version final : public Command {
    void declare(Flags&) override {}
    int run(const CommonOptions&) override {
        print(fmt::format("vsm {}\n", VSM_VERSION));
        return exit_clean;
    }
};

}  // namespace

extern const CommandInfo version_command;
const CommandInfo version_command{
    "version", "Print the version", {"vsm version", "vsm --version"}, make_command<Version>};

}  // namespace vsm::cli
