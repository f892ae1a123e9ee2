#include <fmt/format.h>

#include <cstdlib>
#include <new>

#include "cli/commands.h"
#include "cli/io/own_stack.h"
#include "cli/io/terminal.h"

namespace vsm::cli {

int run_version() {
    print(fmt::format("vsm {}\n", VSM_VERSION));
    return exit_clean;
}

namespace {

struct Run {
    const CommonOptions& common;
    int operator()(const Finished& finished) const { return finished.exit_code; }
    int operator()(const LintOptions& options) const { return run_lint(options, common); }
    int operator()(const BuildOptions& options) const { return run_build(options, common); }
    int operator()(const MetricsOptions& options) const { return run_metrics(options, common); }
    int operator()(const DiffOptions& options) const { return run_diff(options, common); }
    int operator()(const HistoryOptions& options) const { return run_history(options, common); }
    int operator()(const IrOptions& options) const { return run_ir(options, common); }
    int operator()(const ExplainOptions& options) const { return run_explain(options, common); }
    int operator()(const InitOptions& options) const { return run_init(options, common); }
    int operator()(const PreviewOptions& options) const { return run_preview(options, common); }
    int operator()(const FmtOptions& options) const { return run_fmt(options, common); }
    int operator()(const ApplyOptions& options) const { return run_apply(options, common); }
    int operator()(const VersionOptions&) const { return run_version(); }
};

}  // namespace
}  // namespace vsm::cli

int main(int count, char** words) {
    using namespace vsm::cli;
    std::set_new_handler([] {
        print_error("vsm: there is not enough memory for this map\n");
        std::_Exit(exit_trouble);
    });
    secure_standard_streams();
    constexpr std::size_t stack = 8 * 1024 * 1024;  // the usual limit on Linux; only pages in use take memory
    return on_own_stack(stack, [&] {
        const Options options = parse_command_line(count, words);
        const int code = std::visit(Run{options.common}, options.command);
        return flush_output() ? code : exit_trouble;
    });
}
