#include "cli/args/completion.h"

#include <array>

#include "cli/args/command.h"
#include "cli/args/command_table.h"

namespace vsm::cli {
namespace {

enum class Shell { bash, zsh, fish };
constexpr std::array<std::string_view, 3> shell_names{"bash", "zsh", "fish"};

class PrintCompletion final : public Command {
    void declare(Flags& flags) override {
        flags.argument("SHELL", shell_, shell_names, "bash, zsh or fish").required();
    }
    int run(const CommonOptions&) override {
        const CompletionTable table = completion_table();
        switch (shell_) {
            case Shell::bash: print(bash_completion(table)); break;
            case Shell::zsh: print(zsh_completion(table)); break;
            case Shell::fish: print(fish_completion(table)); break;
        }
        return exit_clean;
    }

    Shell shell_ = Shell::bash;
};

}  // namespace

extern const CommandInfo completion_command;
const CommandInfo completion_command{
    "completion",
    "Print a shell completion script",
    {"source <(vsm completion bash)", "vsm completion fish >~/.config/fish/completions/vsm.fish"},
    make_command<PrintCompletion>};

}  // namespace vsm::cli
