// Parses, checks, lints and measures any text: source ranges lie within their files, every report is well-formed, and
// no set of fixes introduces an error.
#include "base/diagnostics/fixes.h"
#include "base/diagnostics/render/render.h"
#include "base/diagnostics/render/reports.h"
#include "compiler/parse/parse.h"
#include "ir/model_json.h"
#include "runtime/reports/metrics/report.h"
#include "tests/fuzz/map.h"
#include "tests/fuzz/targets.h"

namespace vsm::fuzz {
namespace {

void hold_places(const std::vector<Diagnostic>& findings, const SourceSet& sources) {
    const auto inside = [&](SourceRange range) {
        if (!range.valid()) return true;
        return range.file.index < sources.size() && range.begin <= range.end &&
               range.end <= sources[range.file].text().size();
    };
    for (const Diagnostic& one : findings) {
        hold(inside(one.range), "what is reported lies in its file", one.message);
        for (const Label& label : one.labels) hold(inside(label.range), "a label lies in its file", one.message);
        hold(!one.fix || (one.fix->range.valid() && inside(one.fix->range)), "a fix lies in its file", one.message);
        hold(!one.message.empty(), "every finding has a message");
    }
}

struct Reports {
    std::string text, json, sarif, github, gitlab, markdown;
};

Reports reports_of(const std::vector<Diagnostic>& findings, const SourceSet& sources) {
    const ReportSetting setting{[](const std::string& path) { return path; },
                                [](const DiagnosticInfo&) { return DiagnosticText{"about", "help", "*help*"}; }};
    return {render_text(findings, sources),
            render_json(findings, sources),
            render_sarif(findings, sources, setting),
            render_github(findings, sources, setting),
            render_gitlab(findings, sources, setting),
            render_markdown(findings, sources, setting)};
}

void hold_reports(Map& map, const std::string& bytes) {
    const Reports made = reports_of(map.sorted_findings(), map.sources());
    hold_shown(made.github, "github");
    hold_json(made.json, "json");
    hold_json(made.sarif, "sarif");
    hold_json(made.gitlab, "gitlab");
    hold_output(made.markdown, "markdown");
    Map again(bytes);
    again.lint();
    const Reports second = reports_of(again.sorted_findings(), again.sources());
    hold_same(made.text, second.text, "lint");
    hold_same(made.sarif, second.sarif, "lint --format sarif");
    hold_same(made.gitlab, second.gitlab, "lint --format gitlab");
    hold_same(made.markdown, second.markdown, "lint --format markdown");
}

void hold_metrics(const Map& map, bool all) {
    std::vector<runtime::FileMetrics> files;
    files.push_back({"map.vsm", &map.model(), runtime::measure(map.model())});
    hold_shown(runtime::metrics_text(files), "metrics");
    if (!all) return;
    const std::string json = runtime::metrics_json(files);
    hold_json(json, "metrics --format json");
    hold_output(runtime::metrics_csv(files), "metrics --format csv");
    hold_output(runtime::metrics_markdown(files), "metrics --format markdown");
    hold_json(ir::to_json(map.model(), &map.sources()), "ir");
    const std::vector<runtime::FileMetrics> again{{"map.vsm", &map.model(), runtime::measure(map.model())}};
    hold_same(json, runtime::metrics_json(again), "metrics --format json");
}

FoundFindings findings_of(const std::string& text) {
    Map map(text);
    map.lint();
    FoundFindings found;
    for (std::uint32_t i = 0; i < map.sources().size(); ++i) {
        const SourceFile& file = map.sources()[FileId{i}];
        found.sources.add(file.path(), std::string(file.text()));
    }
    found.items = sorted(map.diagnostics(), found.sources);
    return found;
}

std::size_t errors_of_reading(const std::vector<Diagnostic>& findings) {
    std::size_t count = 0;
    for (const Diagnostic& one : findings)
        if (one.severity == Severity::error && info_of(one.code).rule_class == RuleClass::none) ++count;
    return count;
}

/// Applies each set of fixes as a whole and compiles the result the way a user would.
void hold_fixes(const std::vector<Diagnostic>& findings, const std::string& bytes, bool compiled) {
    bool fixable = false;
    for (const Diagnostic& one : findings) fixable = fixable || one.fix.has_value();
    if (!fixable) return;
    const auto find = [&](const Texts& texts) {
        const auto text = texts.find("map.vsm");
        return findings_of(text == texts.end() ? bytes : text->second);
    };
    const FixOutcome outcome = make_fixes({find, [](const std::string& path) { return path == "map.vsm"; }});
    const auto after = outcome.after.find("map.vsm");
    if (after == outcome.after.end()) return;
    Map fixed(after->second);
    hold(fixed.compiles() || !compiled, "a map that compiles still does with its fixes", after->second);
    hold(errors_of_reading(fixed.sorted_findings()) <= errors_of_reading(findings), "no set of fixes brings an error",
         after->second);
}

/// A map without errors means what is written: no word of it was replaced or left out, which would have been reported.
void hold_as_written(const std::string& bytes) {
    const SourceFile source(FileId{0}, "map.vsm", bytes);
    Diagnostics diagnostics;
    for (const parse::Token& one : parse::read(source, diagnostics).words)
        hold(!one.repaired && !one.phrase, "what is not read as written is reported", bytes.substr(one.begin, 60));
}

}  // namespace

bool try_front_end(const Input& input) {
    Map map(input.bytes);
    hold(map.compiles() || map.diagnostics().has_errors(), "a map that does not compile has an error");
    const bool read = !map.diagnostics().has_errors();
    map.lint();
    const std::vector<Diagnostic> findings = map.sorted_findings();
    hold_places(findings, map.sources());
    hold_shown(render_text(findings, map.sources()), "lint");
    hold_shown(render_concise(findings, map.sources()), "lint --format concise");
    if (map.compiles()) hold(read, "a map with an error does not compile");
    if (map.compiles()) hold_as_written(input.bytes);
    if (map.compiles()) hold_metrics(map, input.all);
    if (!input.all) return map.compiles();
    hold_reports(map, input.bytes);
    hold_fixes(findings, input.bytes, map.compiles());
    return map.compiles();
}

}  // namespace vsm::fuzz
