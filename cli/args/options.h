// The command line as data: defines all flags and parses them. Does not run commands.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "backends/backend.h"
#include "base/diagnostics/diagnostics.h"
#include "cli/io/links.h"
#include "cli/io/terminal.h"
#include "compiler/lint/lint.h"

namespace vsm::cli {

/// Exit codes of every command.
inline constexpr int exit_clean = 0;
inline constexpr int exit_findings = 1;
inline constexpr int exit_trouble = 2;  ///< usage errors, unreadable paths, bugs in vsm

enum class LintFormat { text, concise, json, sarif, github, gitlab, markdown };
/// The names on the command line, in the order of the enumeration.
inline constexpr std::array<std::string_view, 7> lint_format_names{"text",   "concise", "json",    "sarif",
                                                                   "github", "gitlab",  "markdown"};

/// `--report sarif=lint.sarif`.
struct ReportFile {
    LintFormat format{};
    std::string path;
};

enum class MetricsFormat { text, json, csv, markdown };

struct CommonOptions {
    ColorMode color = ColorMode::automatic;
    Links links = Links::held;
    bool quiet = false;
};

/// The configuration to read instead of the nearest `.vsm.yaml`.
struct ConfigChoice {
    std::string file;
    bool none = false;
};

struct LintOptions {
    std::vector<std::string> paths;
    LintFormat format = LintFormat::text;
    std::vector<ReportFile> reports;
    bool fix = false;                                ///< apply the fixes
    bool diff = false;                               ///< with `fix`: only show the changes
    std::optional<std::optional<Severity>> fail_on;  ///< inner nothing: `never`
    lint::RuleSet rules;
    std::vector<std::string> targets;
    ConfigChoice config;
    std::string baseline;         ///< a file with findings to leave out; may be empty
    bool write_baseline = false;  ///< with all current findings
    bool prune_baseline = false;  ///< without findings that no longer occur
    std::size_t jobs = 0;         ///< 0: one per processor
    bool tracked = false;         ///< in folders, only maps that git tracks
};
struct BuildOptions {
    std::vector<std::string> paths;
    std::vector<std::string> targets;
    std::string output;  ///< empty: standard output, for a single output
    std::string stream;
    std::string future;  ///< a name or `all`
    bool force = false;
    bool check = false;                 ///< write nothing; report files that are not up to date
    std::vector<std::string> what_ifs;  ///< ELEMENT.PROPERTY=VALUE
    std::string inject;                 ///< a file with markers for the outputs; may be empty
    backends::BackendOptions backend;
    /// Backend-specific flags on the command line, each with the backends that use it.
    std::vector<std::pair<std::string, std::vector<std::string>>> flags_of_targets;
    ConfigChoice config;
};
struct MetricsOptions {
    std::vector<std::string> paths;
    std::string stream;
    MetricsFormat format = MetricsFormat::text;
    std::vector<std::string> what_ifs;  ///< ELEMENT.PROPERTY=VALUE
    std::string sort;                   ///< key to sort the streams of several files by; empty: unsorted
    ConfigChoice config;
};
enum class DiffFormat { text, markdown, json };
struct DiffOptions {
    std::vector<std::string> paths;  ///< two versions; with `against`, maps and folders of the work tree
    std::string against;             ///< a revision; empty: compare the two paths
    DiffFormat format = DiffFormat::text;
    bool fail_on_worse = false;
    bool exit_code = false;  ///< exit with 1 if anything changed
    ConfigChoice config;
};
enum class HistoryFormat { text, csv, json };
struct HistoryOptions {
    std::string path;
    std::string stream;
    std::size_t last = 20;
    HistoryFormat format = HistoryFormat::text;
};
struct IrOptions {
    std::string path;
    std::string stream;
    bool ranges = true;
};
struct ExplainOptions {
    std::string subject;
    bool list = false;
    bool markdown = false;       ///< print the whole table, for docs/diagnostics.md
    bool config_schema = false;  ///< print the JSON Schema of the configuration
};
struct InitOptions {
    std::string file;
    bool force = false;
};
struct PreviewOptions {
    std::string path;
    std::string stream;
    std::uint16_t port = 0;  ///< 0: 7413, else any free port
    bool open = false;       ///< also open the page in a browser
};
struct FmtOptions {
    std::vector<std::string> paths;
    bool check = false;  ///< write nothing; list maps that are not in canonical form
    bool diff = false;   ///< write nothing; show the changes
};
struct ApplyOptions {
    std::string future;
    std::string path;
    bool diff = false;   ///< write nothing; show the changes
    bool force = false;  ///< write even if the map would have errors
};
struct VersionOptions {};
/// Output is already printed; exit with this code.
struct Finished {
    int exit_code = exit_clean;
};

struct Options {
    CommonOptions common;
    std::variant<Finished, LintOptions, BuildOptions, MetricsOptions, DiffOptions, HistoryOptions, IrOptions,
                 ExplainOptions, InitOptions, PreviewOptions, FmtOptions, ApplyOptions, VersionOptions>
        command;
};

/// The error for a flag that no target of the build uses, or for a comparison without a future; nothing if all flags
/// apply.
std::optional<std::string> wrong_flag(const BuildOptions& options, const std::vector<std::string>& targets);

/// Parses the command line. Prints help to standard output, and errors with the closest valid word to standard error.
Options parse_command_line(int count, char** words);

}  // namespace vsm::cli
