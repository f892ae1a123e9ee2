#include "cli/lint/findings.h"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "cli/git/find_maps.h"
#include "cli/lint/baseline_filter.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "cli/workers/map_crew.h"
#include "compiler/sound_fixes.h"

namespace vsm::cli {
namespace {

/// Runs backends for their diagnostics and discards the outputs.
void try_outputs(const Backends& outputs, const ir::CheckedModel& model, Diagnostics& diagnostics) {
    const backends::BackendOptions defaults;
    for (const backends::Backend* output : outputs)
        for (const ir::StreamId stream : streams_of(model, {})) output->emit({model, stream, defaults}, diagnostics);
}

/// The lint results of one map.
struct MapReport {
    std::string failure;      ///< why the map could not be read; empty if it could
    std::string path;         ///< its displayed path
    std::size_t allowed = 0;  ///< findings suppressed by an `allow`
    std::vector<Diagnostic> diagnostics;
};

/// The result depends only on the map and its imports.
MapReport lint_map(const FoundMap& map, const MapSettings& settings, const LintOptions& options, CrewMember& member) {
    MapReport report;
    auto input = read_map(map);
    if (!input) {
        report.failure = input.error();
        return report;
    }
    report.path = input.value().path;
    Diagnostics found;
    const Compilation made = member.compile(report.path, std::move(input.value().text), found);
    const std::size_t of_compiler = found.all().size();
    if (made.checked) {
        report.allowed = lint::lint(*made.checked, settings.rules(options.rules), found).allowed;
        try_outputs(options.outputs.empty() ? settings.outputs() : options.outputs, *made.checked, found);
    }
    keep_sound_fixes({member.workspace.sources(), made.files, report.path, found.items(), of_compiler}, member.reader);
    report.diagnostics = std::move(found.items());
    return report;
}

/// The level of the flag, else the strictest of the configurations.
std::optional<Severity> fail_on_of(const std::vector<MapSettings>& settings, const LintOptions& options) {
    if (options.fail_on) return *options.fail_on;
    const auto strictness = [](std::optional<Severity> level) {
        return level ? static_cast<int>(Severity::error) - static_cast<int>(*level) : -1;
    };
    std::optional<std::optional<Severity>> strictest;
    for (const MapSettings& one : settings) {
        const std::optional<Severity> level = one.fail_on.value_or(Severity::error);
        if (!strictest || strictness(level) > strictness(*strictest)) strictest = level;
    }
    return strictest.value_or(Severity::error);
}

/// Shows progress on a terminal after half a second.
class Progress {
public:
    Progress(std::size_t count, const CommonOptions& common) : count_(count), shown_(!common.quiet && is_terminal(2)) {}
    ~Progress() {
        if (printed_) print_error("\r\x1b[K");
    }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void done(std::size_t pieces) {
        const auto now = std::chrono::steady_clock::now();
        if (!shown_ || now < next_) return;
        next_ = now + std::chrono::milliseconds(100);
        printed_ = true;
        print_error(fmt::format("\r{} of {} maps", pieces, count_));
    }

private:
    std::size_t count_;
    bool shown_, printed_ = false;
    std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
};

/// The reports of all maps in order, their diagnostics in `sources`.
std::vector<MapReport> lint_all(const std::vector<FoundMap>& maps, const std::vector<MapSettings>& settings,
                                const LintOptions& options, const CommonOptions& common, const Texts& instead,
                                SourceSet& sources) {
    Progress progress(maps.size(), common);
    MapCrew crew(maps, options.jobs);
    for (CrewMember& member : crew.members())
        for (const auto& [path, text] : instead) member.workspace.stand_in(path, text);
    std::vector<MapReport> reports(maps.size());
    crew.compile([&](std::size_t map,
                     CrewMember& member) { reports[map] = lint_map(maps[map], settings[map], options, member); },
                 [&](std::size_t done) { progress.done(done); });
    for (std::size_t map = 0; map < reports.size(); ++map) crew.move(map, reports[map].diagnostics);
    sources = crew.take_sources();
    return reports;
}

}  // namespace

std::size_t Findings::allowed() const {
    return std::accumulate(maps.begin(), maps.end(), std::size_t{0},
                           [](std::size_t sum, const LintedMap& map) { return sum + map.allowed; });
}

bool Findings::fail() const {
    return fail_on &&
           std::any_of(items.begin(), items.end(), [&](const Diagnostic& one) { return one.severity >= *fail_on; });
}

std::optional<Findings> collect_findings(const LintOptions& options, const CommonOptions& common,
                                         const Texts& instead) {
    const auto said = [](const std::string& why) {
        trouble(why);
        return std::nullopt;
    };
    std::vector<std::string> passed_over;
    const auto maps =
        find_maps(options.paths, common.links, options.tracked ? Which::tracked : Which::all, passed_over);
    if (!maps) return said(maps.error());
    const auto settings = settings_of(maps.value(), options.config, common);
    if (!settings) return std::nullopt;
    Findings findings;
    findings.passed_over = std::move(passed_over);
    findings.fail_on = fail_on_of(*settings, options);
    Diagnostics found;
    bool failed = false;
    for (MapReport& report : lint_all(maps.value(), *settings, options, common, instead, findings.sources)) {
        if (!report.failure.empty()) failed = trouble(report.failure) != exit_clean;
        for (Diagnostic& one : report.diagnostics) found.add(std::move(one));
        findings.maps.push_back({std::move(report.path), report.allowed});
    }
    if (failed) return std::nullopt;
    if (!options.baseline.empty()) {
        // pass the full count as limit, since `sorted` drops errors beyond the first hundred of a file
        auto outcome = apply_baseline(options, common, sorted(found, findings.sources, found.all().size()),
                                      findings.sources, maps.value(), *settings);
        if (!outcome) return std::nullopt;
        found = {};
        for (Diagnostic& one : outcome->left) found.add(std::move(one));
        findings.in_baseline = outcome->hidden;
        findings.gone_from_baseline = outcome->gone;
        findings.baseline = std::move(outcome->text);
    }
    findings.items = sorted(found, findings.sources);
    return findings;
}

}  // namespace vsm::cli
