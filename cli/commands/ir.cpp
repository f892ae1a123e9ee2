#include "ir/model_json.h"

#include <fmt/format.h>

#include "cli/args/command.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

struct IrOptions {
    std::string path;
    std::string stream;
    bool without_ranges = false;
};

int run(const IrOptions& options, const CommonOptions& common) {
    Session session(common.links);
    if (!session.load({options.path})) return exit_trouble;
    if (session.show_diagnostics(common)) return exit_findings;
    if (session.maps().size() != 1)
        return trouble(fmt::format("ir takes one map; there are {} below {}", session.maps().size(), options.path));
    const ir::CheckedModel& model = *session.maps().front().checked;
    std::optional<ir::StreamId> only;
    if (!options.stream.empty()) {
        const auto found = streams_of(model, options.stream);
        if (found.empty()) return no_such_stream(session, options.stream);
        only = found.front();
    }
    print(ir::to_json(model, options.without_ranges ? nullptr : &session.sources_of(0), only));
    return exit_clean;
}

class Ir final : public Command {
    void declare(Flags& flags) override {
        flags.argument("PATH", options_.path, "A map, or - for standard input")
            .required()
            .completes(Candidates::Files::maps);
        flags.text("--stream", "NAME", options_.stream, "Only this stream or future").completes(Lookup::names);
        flags.toggle("--no-ranges", options_.without_ranges, "Omit source locations");
        flags.follow();
        flags.common();
    }
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    IrOptions options_;
};

}  // namespace

extern const CommandInfo ir_command;
const CommandInfo ir_command{"ir",
                             "Print the typed model as JSON",
                             {"vsm ir checkout.vsm", "vsm ir checkout.vsm --stream checkout --no-ranges"},
                             make_command<Ir>};

}  // namespace vsm::cli
