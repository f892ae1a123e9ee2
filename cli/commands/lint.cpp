#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "base/diagnostics/render/reports.h"
#include "cli/args/command.h"
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
        text += fmt::format("; {} of the baseline no longer {}: --prune-baseline removes {}",
                            counted(findings.gone_from_baseline, "finding"),
                            findings.gone_from_baseline == 1 ? "occurs" : "occur",
                            findings.gone_from_baseline == 1 ? "it" : "them");
    if (const std::size_t count = fixable(findings); count > 0) text += fmt::format("; --fix can mend {}", count);
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

/// Writes the baseline, the findings and the reports. Returns whether all could be written.
bool write_all(const Findings& findings, const LintOptions& options, const CommonOptions& common) {
    const auto written = [](const Result<bool>& result) {
        if (!result) trouble(result.error());
        return bool(result);
    };
    if (!findings.baseline.empty() && !written(edit_file(options.baseline, findings.baseline, common.links)))
        return false;
    for (const std::string& text : rendered(findings, options.format, use_color(common.color, 1), options.jobs))
        print(text);
    return std::all_of(options.reports.begin(), options.reports.end(), [&](const ReportFile& report) {
        return written(write_report(findings, report, common.links, options.jobs));
    });
}

void remark_on_cut_sarif(const Findings& findings, const LintOptions& options) {
    const bool cut = options.format == LintFormat::sarif ||
                     std::any_of(options.reports.begin(), options.reports.end(),
                                 [](const ReportFile& one) { return one.format == LintFormat::sarif; });
    if (cut && findings.items.size() > most_sarif_results)
        remark(fmt::format("the SARIF log has only the {} most severe of {} findings, because sites reject more",
                           most_sarif_results, findings.items.size()));
}

int run(const LintOptions& options, const CommonOptions& common) {
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
    if (!findings || !write_all(*findings, options, common)) return exit_trouble;
    remark_on_cut_sarif(*findings, options);
    if (!common.quiet) {
        // Flushes first, so that the line follows the findings if both streams are one terminal.
        if (!flush_output()) return exit_trouble;
        for (const std::string& line : findings->passed_over) remark(line);
        print_error(closing_line(*findings));
    }
    return findings->fail() ? exit_findings : exit_clean;
}

/// `--report sarif=lint.sarif`.
UsageError read_report(const std::string& word, std::vector<ReportFile>& reports) {
    const std::vector<std::string> names(lint_format_names.begin(), lint_format_names.end());
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const std::string path = equals == std::string::npos ? std::string() : word.substr(equals + 1);
    if (path.empty()) return fmt::format("--report takes FORMAT=FILE, such as `sarif=lint.sarif`, found `{}`", word);
    const auto format = std::find(names.begin(), names.end(), name);
    if (format == names.end())
        return fmt::format("--report: no format is called `{}`{}", name, suggestion_or_list(name, names));
    if (path == "-") return fmt::format("--report writes a file; for the standard output, give --format {}", name);
    for (const ReportFile& other : reports)
        if (other.path == path) return fmt::format("--report: two reports would be written to {}", path);
    reports.push_back({static_cast<LintFormat>(format - names.begin()), path});
    return std::nullopt;
}

/// `-W missing-ca=error`.
UsageError read_rule_level(const std::string& word, lint::RuleSet& rules) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const DiagnosticInfo* info = find_diagnostic(name);
    if (info == nullptr || info->rule_class == RuleClass::none)
        return fmt::format("-W: no rule is called `{}`{}", name, suggestion(name, diagnostic_names(true)));
    bool off = false;
    const auto level = equals == std::string::npos ? std::nullopt : read_level(word.substr(equals + 1), off);
    if (!level && !(off && word.ends_with("=off")))
        return fmt::format("-W takes RULE=LEVEL, where LEVEL is off, note, warning or error; found `{}`", word);
    rules.levels[info->code] = level;
    return std::nullopt;
}

/// `--as-of 2026-11-20`: the date from which the age of figures is computed.
UsageError read_as_of(const std::string& word, lint::RuleSet& rules) {
    rules.as_of = parse_date(word);
    if (rules.as_of || word.empty()) return std::nullopt;
    return fmt::format("--as-of takes a day such as 2026-11-20, found `{}`", word);
}

/// Reads each value with a function.
template <class Read>
auto each_into(Read read) {
    return [read](const std::vector<std::string>& given) -> UsageError {
        for (const std::string& word : given)
            if (UsageError wrong = read(word)) return wrong;
        return std::nullopt;
    };
}

class Lint final : public Command {
    void declare(Flags& flags) override;
    UsageError settle() override;
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    void declare_output(Flags& flags);
    void declare_rules(Flags& flags);
    void declare_baseline(Flags& flags);

    LintOptions options_;
};

void Lint::declare(Flags& flags) {
    flags.arguments("PATH", options_.paths, "Maps, folders with maps, or - for standard input (default: this folder)")
        .completes(Candidates::Files::maps);
    declare_output(flags);
    declare_rules(flags);
    flags.config(options_.config);
    declare_baseline(flags);
    flags.toggle("--tracked", options_.tracked, "In folders, lint only the maps that git tracks, if any");
    flags.number("--jobs", "N", options_.jobs, 1, 256, "Number of threads (default: one per processor)");
    flags.follow();
    flags.common();
}

void Lint::declare_output(Flags& flags) {
    const std::vector<std::string> formats(lint_format_names.begin(), lint_format_names.end());
    flags.choice("--format", "FORMAT", options_.format, lint_format_names, "Output format: " + listed(formats));
    flags
        .list("--report", "FORMAT=FILE", "Also write the findings to a file, such as sarif=lint.sarif; may be repeated",
              each_into([this](const std::string& word) { return read_report(word, options_.reports); }))
        .completes({formats, {}, Candidates::Files::any, false});
    flags
        .parsed("--fail-on", "LEVEL",
                "Exit with 1 if a finding is at least this severe (error, warning or note), or never",
                [this](const std::string& word) -> UsageError {
                    bool never = false;
                    options_.fail_on = read_level(word, never);
                    if (*options_.fail_on || word == "never") return std::nullopt;
                    return not_one_of("--fail-on", word, {"error", "warning", "note", "never"});
                })
        .completes({{"error", "warning", "note", "never"}, {}, {}, false});
}

void Lint::declare_rules(Flags& flags) {
    flags
        .list("-W", "RULE=LEVEL", "Set the level of a rule to off, note, warning or error; may be repeated",
              each_into([this](const std::string& word) { return read_rule_level(word, options_.rules); }))
        .completes({diagnostic_names(true), {"off", "note", "warning", "error"}, {}, false});
    flags.toggle("--fix", options_.fix, "Apply the fixes of findings");
    flags.toggle("--diff", options_.diff, "With --fix: change nothing, show the changes");
    flags.toggle("--process", options_.rules.process_rules, "Also apply the rules about the process itself");
    flags.parsed("--as-of", "DATE", "Also apply the rules about the age of figures and futures, as of this day",
                 [this](const std::string& word) { return read_as_of(word, options_.rules); });
    flags.outputs(options_.outputs, "Also report what this output cannot show");
}

void Lint::declare_baseline(Flags& flags) {
    flags.text("--baseline", "FILE", options_.baseline, "Leave out the findings listed in this file")
        .completes(Candidates::Files::any);
    flags.toggle("--write-baseline", options_.write_baseline, "Write the current findings to the baseline")
        .needs("--baseline");
    flags.toggle("--prune-baseline", options_.prune_baseline, "Remove findings that no longer occur from the baseline")
        .needs("--baseline")
        .excludes("--write-baseline");
}

UsageError Lint::settle() {
    if (options_.paths.empty()) options_.paths = {"."};
    if (options_.diff && !options_.fix) return "--diff shows what --fix would change; give both";
    if (options_.fix && std::find(options_.paths.begin(), options_.paths.end(), "-") != options_.paths.end())
        return "--fix changes files; it cannot change standard input, `-`";
    return std::nullopt;
}

}  // namespace

extern const CommandInfo lint_command;
const CommandInfo lint_command{
    "lint",
    "Check maps and report what is wrong",
    {"vsm lint", "vsm lint --fix checkout.vsm", "vsm lint --format github --fail-on warning"},
    make_command<Lint>};

}  // namespace vsm::cli
