// Compares two maps in both directions, and a map with itself.
#include "backends/mermaid/changes.h"
#include "runtime/reports/diff/diff_report.h"
#include "tests/fuzz/map.h"
#include "tests/fuzz/targets.h"

namespace vsm::fuzz {
namespace {

/// A version of a map with everything that a comparison needs.
struct Side {
    explicit Side(const std::string& text) : map(text) {
        if (!map.compiles()) return;
        metrics = runtime::measure(map.model());
        Diagnostics found;
        lint::lint(map.model(), lint::RuleSet{}, found);
        findings = sorted(found, map.sources());
    }
    runtime::MapSide side() const { return {map.compiles() ? &map.model() : nullptr, &metrics, findings}; }

    Map map;
    std::vector<runtime::StreamMetrics> metrics;
    std::vector<Diagnostic> findings;
};

std::string picture_of(const Side& before, const Side& after, const runtime::StreamChange& change) {
    if (change.kind() != runtime::ChangeKind::changed) return {};
    const backends::BackendOptions options;
    for (const runtime::StreamMetrics& one : after.metrics)
        if (one.stream == change.after)
            return backends::mermaid::draw_changes({after.map.model(), change.after, options}, one, before.map.model(),
                                                   change);
    broken("a stream that changed was measured");
}

runtime::DiffedMap diffed(const Side& before, const Side& after) {
    runtime::DiffedMap map;
    if (before.map.compiles()) map.before_path = "map.vsm";
    if (after.map.compiles()) map.after_path = "map.vsm";
    map.before = before.side();
    map.after = after.side();
    map.before_sources = &before.map.sources();
    map.after_sources = &after.map.sources();
    map.change = runtime::compare_maps(map.before, map.after);
    for (const runtime::StreamChange& change : map.change.streams)
        map.pictures.push_back(picture_of(before, after, change));
    return map;
}

/// Returns whether anything changed.
bool hold_diff(const Side& before, const Side& after, bool all) {
    std::vector<runtime::DiffedMap> maps;
    maps.push_back(diffed(before, after));
    const bool changed = !maps.front().change.empty();
    const std::string text = runtime::diff_text(maps);
    hold_shown(text, "diff");
    const std::string markdown = runtime::diff_markdown(maps);
    hold_output(markdown, "diff --format markdown");
    hold(markdown.size() <= runtime::markdown_limit, "a comment has the size that a site takes");
    if (!all) return changed;
    const std::string json = runtime::diff_json(maps);
    hold_json(json, "diff --format json");
    std::vector<runtime::DiffedMap> again;
    again.push_back(diffed(before, after));
    hold_same(text, runtime::diff_text(again), "diff");
    hold_same(json, runtime::diff_json(again), "diff --format json");
    return changed;
}

}  // namespace

bool try_diff(const Input& input) {
    const std::size_t cut = input.bytes.find(pair_separator);
    const Side before(input.bytes.substr(0, cut));
    const Side after(cut == std::string::npos ? std::string() : input.bytes.substr(cut + pair_separator.size()));
    if (!before.map.compiles() && !after.map.compiles()) return false;
    const bool there = hold_diff(before, after, input.all), back = hold_diff(after, before, input.all);
    hold(there == back, "what changed in one direction changed in the other");
    if (before.map.compiles())
        hold(!hold_diff(before, Side(input.bytes.substr(0, cut)), false), "a map has not changed against itself");
    return before.map.compiles() && after.map.compiles();
}

}  // namespace vsm::fuzz
