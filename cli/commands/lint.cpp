#include <fmt/format.h>

#include <algorithm>

#include "base/render.h"
#include "cli/commands.h"
#include "cli/findings.h"

namespace vsm::cli {
namespace {

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
    const std::optional<Findings> findings = collect_findings(options);
    if (!findings) return exit_trouble;
    const std::vector<Diagnostic>& items = findings->items;
    switch (options.format) {
        case LintFormat::text: print(render_text(items, findings->sources, {use_color(common.color, 1)})); break;
        case LintFormat::concise: print(render_concise(items, findings->sources)); break;
        case LintFormat::json: print(render_json(items, findings->sources)); break;
    }
    if (!common.quiet) {
        // After the findings, also where both streams are one terminal.
        if (!flush_output()) return exit_trouble;
        print_error(closing_line(items, findings->maps.size(), findings->allowed()));
    }
    const bool fails = options.fail_on && std::any_of(items.begin(), items.end(), [&](const Diagnostic& d) { return d.severity >= *options.fail_on; });
    return fails ? exit_findings : exit_clean;
}

}  // namespace vsm::cli
