#include <fmt/format.h>

#include <algorithm>

#include "base/render.h"
#include "cli/commands.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

/// What the targets say of the streams, without keeping what they make.
void try_targets(const std::vector<std::string>& targets, const ir::CheckedModel& model, Diagnostics& diagnostics) {
    const backends::BackendOptions defaults;
    for (const std::string& name : targets)
        for (const ir::StreamId stream : streams_of(model, {})) backends::find_backend(name)->emit({model, stream, defaults}, diagnostics);
}

std::string counted(std::size_t count, std::string_view one) { return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s"); }

std::string closing_line(const std::vector<Diagnostic>& items, std::size_t files, std::size_t allowed) {
    std::string text;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const auto count = static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [&](const Diagnostic& d) { return d.severity == severity; }));
        if (count > 0) text += (text.empty() ? "" : ", ") + counted(count, name_of(severity));
    }
    if (text.empty()) text = "no findings";
    text += fmt::format(" in {}", counted(files, "map"));
    if (allowed > 0) text += fmt::format("; {} allowed", counted(allowed, "finding"));
    return text + "\n";
}

}  // namespace

int run_lint(const LintOptions& options, const CommonOptions& common) {
    Session session;
    if (!session.load(options.paths)) return exit_trouble;
    std::size_t allowed = 0;
    for (const CompiledMap& map : session.maps()) {
        if (!map.checked) continue;
        allowed += lint::lint(*map.checked, options.rules, session.diagnostics()).allowed;
        try_targets(options.targets, *map.checked, session.diagnostics());
    }
    const std::vector<Diagnostic> items = sorted(session.diagnostics(), session.sources());
    switch (options.format) {
        case LintFormat::text: print(render_text(items, session.sources(), {use_color(common.color, 1)})); break;
        case LintFormat::concise: print(render_concise(items, session.sources())); break;
        case LintFormat::json: print(render_json(items, session.sources())); break;
    }
    if (!common.quiet) {
        // After the findings, also where both streams are one terminal.
        if (!flush_output()) return exit_trouble;
        print_error(closing_line(items, session.maps().size(), allowed));
    }
    const bool fails = options.fail_on && std::any_of(items.begin(), items.end(), [&](const Diagnostic& d) { return d.severity >= *options.fail_on; });
    return fails ? exit_findings : exit_clean;
}

}  // namespace vsm::cli
