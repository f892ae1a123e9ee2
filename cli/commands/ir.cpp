#include "ir/model_json.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"

namespace vsm::cli {

int run_ir(const IrOptions& options, const CommonOptions& common) {
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
    print(ir::to_json(model, options.ranges ? &session.sources() : nullptr, only));
    return exit_clean;
}

}  // namespace vsm::cli
