#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "base/diagnostics/render/reports.h"
#include "cli/commands.h"
#include "cli/io/files.h"
#include "cli/lint/findings.h"
#include "cli/lint/fixing.h"
#include "cli/lint/lint_forms.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

std::string counted(std::size_t count, std::string_view one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

/// Counts the findings with a fix in one of the linted maps.
std::size_t fixable(const Findings& findings) {
    std::set<std::string_view> maps;
    for (const LintedMap& map : findings.maps) maps.insert(map.path);
    return static_cast<std::size_t>(
        std::count_if(findings.items.begin(), findings.items.end(), [&](const Diagnostic& item) {
            return item.fix && maps.contains(findings.sources[item.fix->range.file].path());
        }));
}

std::string closing_line(const Findings& findings) {
    std::string text = fmt::format("{} in {}", counts_of(findings.items), counted(findings.maps.size(), "map"));
    if (findings.allowed() > 0) text += fmt::format("; {} allowed", counted(findings.allowed(), "finding"));
    if (findings.in_baseline > 0) text += fmt::format("; {} in the baseline", counted(findings.in_baseline, "finding"));
    if (findings.gone_from_baseline > 0 && findings.baseline.empty())
        text += fmt::format("; the baseline lists {} more that {} gone: --prune-baseline takes {} out",
                            findings.gone_from_baseline, findings.gone_from_baseline == 1 ? "is" : "are",
                            findings.gone_from_baseline == 1 ? "it" : "them");
    if (const std::size_t count = fixable(findings); count > 0) text += fmt::format("; --fix has a fix for {}", count);
    return text + "\n";
}

/// `--fix --diff`: only shows the changes.
int show_fixes(const Fixed& fixed, const CommonOptions& common) {
    print(fixed.diff);
    if (!flush_output()) return exit_trouble;
    if (!common.quiet)
        print_error(fixed.fixes == 0 ? "nothing to fix\n"
                                     : fmt::format("would fix {} in {}\n", counted(fixed.fixes, "finding"),
                                                   counted(fixed.maps, "map")));
    return fixed.fixes == 0 ? exit_clean : exit_findings;
}

}  // namespace

int run_lint(const LintOptions& options, const CommonOptions& common) {
    std::optional<Findings> findings;
    if (options.fix) {
        auto fixed = fix_maps(options, common);
        if (!fixed) return exit_trouble;
        if (options.diff) return show_fixes(*fixed, common);
        if (!common.quiet && fixed->fixes > 0)
            print_error(fmt::format("fixed {} in {}\n", counted(fixed->fixes, "finding"), counted(fixed->maps, "map")));
        findings = std::move(fixed->remaining);
    } else {
        findings = collect_findings(options, common);
    }
    if (!findings) return exit_trouble;
    if (!findings->baseline.empty())
        if (const auto written = edit_file(options.baseline, findings->baseline, common.links); !written)
            return trouble(written.error());
    print(rendered(*findings, options.format, use_color(common.color, 1)));
    for (const ReportFile& report : options.reports)
        if (const auto written = write_report(*findings, report, common.links); !written)
            return trouble(written.error());
    const bool cut = options.format == LintFormat::sarif ||
                     std::any_of(options.reports.begin(), options.reports.end(),
                                 [](const ReportFile& one) { return one.format == LintFormat::sarif; });
    if (cut && findings->items.size() > most_sarif_results)
        remark(fmt::format("the SARIF log has only the {} most severe of {} findings, because sites reject more",
                           most_sarif_results, findings->items.size()));
    if (!common.quiet) {
        // Flushes first, so that the line follows the findings if both streams are one terminal.
        if (!flush_output()) return exit_trouble;
        for (const std::string& line : findings->passed_over) remark(line);
        print_error(closing_line(*findings));
    }
    return findings->fail() ? exit_findings : exit_clean;
}

}  // namespace vsm::cli
