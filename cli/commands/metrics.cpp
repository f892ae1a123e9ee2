#include "cli/commands.h"
#include "cli/session.h"
#include "compiler/lint/observe.h"
#include "runtime/report.h"

namespace vsm::cli {
namespace {

runtime::FileMetrics metrics_of(const CompiledMap& map, const std::string& only) {
    lint::SharedFigures figures(*map.checked);
    runtime::FileMetrics file{map.path, &*map.checked, figures.all(), only};
    for (const lint::Finding& found : lint::observe(*map.checked, figures)) {
        const Diagnostic& said = found.diagnostic;
        file.observations.push_back({found.place.stream, std::string(info_of(said.code).name), said.severity, said.message, said.help});
    }
    return file;
}

}  // namespace

int run_metrics(const MetricsOptions& options, const CommonOptions& common) {
    Session session;
    if (!session.load(options.paths, options.what_ifs)) return exit_trouble;
    if (session.show_diagnostics(common)) return exit_findings;
    std::vector<runtime::FileMetrics> files;
    for (const CompiledMap& map : session.maps()) {
        if (streams_of(*map.checked, options.stream).empty()) continue;
        files.push_back(metrics_of(map, options.stream));
    }
    if (files.empty() && !options.stream.empty()) return no_such_stream(session, options.stream);
    if (!options.sort.empty()) runtime::sort_by(files, options.sort);
    switch (options.format) {
        case MetricsFormat::text: print(runtime::metrics_text(files, {use_color(common.color, 1), options.sort})); break;
        case MetricsFormat::json: print(runtime::metrics_json(files)); break;
        case MetricsFormat::csv: print(runtime::metrics_csv(files)); break;
        case MetricsFormat::markdown: print(runtime::metrics_markdown(files, {false, options.sort})); break;
    }
    if (files.empty() && !common.quiet) print_error("vsm: no stream is declared here, so there is nothing to measure\n");
    return exit_clean;
}

}  // namespace vsm::cli
