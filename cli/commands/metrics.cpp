#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/args/command.h"
#include "cli/args/values.h"
#include "cli/git/find_maps.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "compiler/lint/observe.h"
#include "ir/metric.h"
#include "runtime/reports/metrics/report.h"

namespace vsm::cli {
namespace {

enum class MetricsFormat { text, json, csv, markdown };
constexpr std::array<std::string_view, 4> format_names{"text", "json", "csv", "markdown"};

struct MetricsOptions {
    std::vector<std::string> paths;
    std::string stream;
    MetricsFormat format = MetricsFormat::text;
    std::vector<std::string> what_ifs;  ///< ELEMENT.PROPERTY=VALUE
    std::string sort;                   ///< key to sort the streams of several files by; empty: unsorted
    ConfigChoice config;
};

/// The keys of stream metrics that can be sorted.
std::vector<std::string> sort_keys() {
    std::vector<std::string> keys;
    for (const ir::MetricInfo& info : ir::all_metrics())
        if (!info.of_element() && info.type != ir::MetricType::name) keys.emplace_back(info.key);
    return keys;
}

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

int run(const MetricsOptions& options, const CommonOptions& common) {
    Session session(common.links);
    if (!session.load(options.paths, options.what_ifs)) return exit_trouble;
    if (session.show_diagnostics(common)) return exit_findings;
    const auto settings = settings_of(session, options.config, common);
    if (!settings) return exit_trouble;
    std::vector<std::optional<runtime::FileMetrics>> measured(session.maps().size());
    session.each_map([&](std::size_t i, Diagnostics&) {
        const CompiledMap& map = session.maps()[i];
        const std::vector<ir::StreamId> shown = streams_of(*map.checked, options.stream);
        if (shown.empty()) return;
        measured[i] =
            metrics_of(map, (*settings)[i].rules({}), options.stream.empty() ? ir::StreamId{} : shown.front());
    });
    std::vector<runtime::FileMetrics> files;
    for (auto& one : measured)
        if (one) files.push_back(std::move(*one));
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

class Metrics final : public Command {
    void declare(Flags& flags) override {
        flags
            .arguments("PATH", options_.paths,
                       "Maps, folders with maps, or - for standard input (default: this folder)")
            .completes(Candidates::Files::maps);
        flags.choice("--format", "FORMAT", options_.format, format_names, "Output format: text, json, csv or markdown");
        flags.text("--stream", "NAME", options_.stream, "Only this stream or future").completes(Lookup::names);
        flags.what_if(options_.what_ifs);
        flags
            .text("--sort", "KEY", options_.sort,
                  "Print one row per stream, worst first by this figure, such as lead_time")
            .completes({sort_keys(), {}, {}, false});
        flags.config(options_.config);
        flags.follow();
        flags.common();
    }
    UsageError settle() override {
        if (options_.paths.empty()) options_.paths = {"."};
        const std::vector<std::string> keys = sort_keys();
        if (options_.sort.empty() || std::find(keys.begin(), keys.end(), options_.sort) != keys.end())
            return std::nullopt;
        const std::string guess = suggestion(options_.sort, keys);
        return fmt::format("--sort: no metric is called `{}`{}", options_.sort,
                           guess.empty() ? "; for example lead_time, rolled_ca, wip" : guess);
    }
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    MetricsOptions options_;
};

}  // namespace

extern const CommandInfo metrics_command;
const CommandInfo metrics_command{
    "metrics",
    "Compute the figures of maps",
    {"vsm metrics checkout.vsm", "vsm metrics checkout.vsm --what-if approve.lead=1d", "vsm metrics --sort lead_time"},
    make_command<Metrics>};

}  // namespace vsm::cli
