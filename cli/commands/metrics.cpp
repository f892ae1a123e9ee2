#include "cli/commands.h"
#include "cli/git/find_maps.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "compiler/lint/observe.h"
#include "runtime/reports/metrics/report.h"

namespace vsm::cli {
namespace {

runtime::FileMetrics metrics_of(const CompiledMap& map, const lint::RuleSet& rules, ir::StreamId only) {
    lint::SharedFigures figures(*map.checked);
    runtime::Observations observations;
    for (const lint::Finding& found : lint::observe(*map.checked, rules, figures)) {
        const Diagnostic& said = found.diagnostic;
        observations[found.place.stream].push_back(
            {std::string(info_of(said.code).name), said.severity, said.message, said.help});
    }
    return {map.path, &*map.checked, figures.all(), only, std::move(observations)};
}

std::optional<std::vector<MapSettings>> settings_of(const Session& session, const ConfigChoice& choice,
                                                    const CommonOptions& common) {
    std::vector<FoundMap> maps;
    for (const CompiledMap& map : session.maps()) maps.push_back(map_at(map.path));
    return settings_of(maps, choice, common);
}

}  // namespace

int run_metrics(const MetricsOptions& options, const CommonOptions& common) {
    Session session(common.links);
    if (!session.load(options.paths, options.what_ifs)) return exit_trouble;
    if (session.show_diagnostics(common)) return exit_findings;
    const auto settings = settings_of(session, options.config, common);
    if (!settings) return exit_trouble;
    std::vector<runtime::FileMetrics> files;
    for (std::size_t i = 0; i < session.maps().size(); ++i) {
        const CompiledMap& map = session.maps()[i];
        const std::vector<ir::StreamId> shown = streams_of(*map.checked, options.stream);
        if (shown.empty()) continue;
        files.push_back(
            metrics_of(map, (*settings)[i].rules({}), options.stream.empty() ? ir::StreamId{} : shown.front()));
    }
    if (files.empty() && !options.stream.empty()) return no_such_stream(session, options.stream);
    if (!options.sort.empty()) runtime::sort_by(files, options.sort);
    switch (options.format) {
        case MetricsFormat::text:
            print(runtime::metrics_text(files, {use_color(common.color, 1), options.sort}));
            break;
        case MetricsFormat::json: print(runtime::metrics_json(files)); break;
        case MetricsFormat::csv: print(runtime::metrics_csv(files)); break;
        case MetricsFormat::markdown: print(runtime::metrics_markdown(files, {false, options.sort})); break;
    }
    if (files.empty() && !common.quiet) remark("no stream is declared here, so there is nothing to measure");
    return exit_clean;
}

}  // namespace vsm::cli
