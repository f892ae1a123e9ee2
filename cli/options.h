// The command line as data. Knows the words users type; does nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "backends/backend.h"
#include "base/diagnostics.h"
#include "cli/links.h"
#include "cli/terminal.h"
#include "compiler/lint/lint.h"

namespace vsm::cli {

/// Exit codes of every command.
inline constexpr int exit_clean = 0;
inline constexpr int exit_findings = 1;
inline constexpr int exit_trouble = 2;  ///< usage, a path that cannot be read, a bug of ours

enum class LintFormat { text, concise, json, sarif, github, gitlab, markdown };
/// As users write them, in the order of the enumeration.
inline constexpr std::array<std::string_view, 7> lint_format_names{"text", "concise", "json", "sarif", "github", "gitlab", "markdown"};

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

/// Which configuration to read, if not the nearest `.vsm.yaml`.
struct ConfigChoice {
    std::string file;
    bool none = false;
};

struct LintOptions {
    std::vector<std::string> paths;
    LintFormat format = LintFormat::text;
    std::vector<ReportFile> reports;
    bool fix = false;   ///< make the fixes there are
    bool diff = false;  ///< and only show what they would change
    std::optional<std::optional<Severity>> fail_on;  ///< inside: nothing is `never`
    lint::RuleSet rules;
    std::vector<std::string> targets;
    ConfigChoice config;
    std::string baseline;         ///< a file with findings to leave out; empty: none
    bool write_baseline = false;  ///< with all there are now
    bool prune_baseline = false;  ///< without those that are gone
    std::size_t jobs = 0;  ///< 0: as many as there are processors
    bool tracked = false;  ///< of folders only the maps that git tracks
};
struct BuildOptions {
    std::vector<std::string> paths;
    std::vector<std::string> targets;
    std::string output;  ///< empty: a single output to the standard output
    std::string stream;
    std::string future;  ///< a name or `all`
    bool force = false;
    bool check = false;  ///< write nothing; say what on the disk is not what would be written
    std::vector<std::string> what_ifs;  ///< ELEMENT.PROPERTY=VALUE
    std::string inject;  ///< a file that holds marked places for the outputs; empty: none
    backends::BackendOptions backend;
    /// Flags that were given and say something of single targets, with those.
    std::vector<std::pair<std::string, std::vector<std::string>>> flags_of_targets;
    ConfigChoice config;
};
struct MetricsOptions {
    std::vector<std::string> paths;
    std::string stream;
    MetricsFormat format = MetricsFormat::text;
    std::vector<std::string> what_ifs;  ///< ELEMENT.PROPERTY=VALUE
    std::string sort;                   ///< the key by which several files' streams are ordered; empty: as they come
    ConfigChoice config;
};
enum class DiffFormat { text, markdown, json };
struct DiffOptions {
    std::vector<std::string> paths;  ///< two versions; with `against`, maps and folders of the work tree
    std::string against;             ///< a revision; empty: the two paths
    DiffFormat format = DiffFormat::text;
    bool fail_on_worse = false;
    bool exit_code = false;          ///< exit with 1 when anything changed
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
    bool markdown = false;  ///< the whole table, for docs/diagnostics.md
    bool config_schema = false;  ///< the JSON Schema of the configuration instead
};
struct InitOptions {
    std::string file;
    bool force = false;
};
struct PreviewOptions {
    std::string path;
    std::string stream;
    std::uint16_t port = 0;  ///< 0: one that is free
    bool open = false;       ///< also open the page in a browser
};
struct FmtOptions {
    std::vector<std::string> paths;
    bool check = false;  ///< write nothing; name what is not in its canonical form
    bool diff = false;   ///< write nothing; show what would change
};
struct ApplyOptions {
    std::string future;
    std::string path;
    bool diff = false;   ///< write nothing; show what would change
    bool force = false;  ///< also when the map has errors then
};
struct VersionOptions {};
/// What was asked for has been said already; end with this code.
struct Finished {
    int exit_code = exit_clean;
};

struct Options {
    CommonOptions common;
    std::variant<Finished, LintOptions, BuildOptions, MetricsOptions, DiffOptions, HistoryOptions, IrOptions, ExplainOptions, InitOptions, PreviewOptions, FmtOptions, ApplyOptions, VersionOptions> command;
};

/// What to say of a flag of a target that is not built and would do nothing, and of a comparison that a target cannot draw.
std::optional<std::string> wrong_flag(const BuildOptions& options, const std::vector<std::string>& targets);

/// Reads the command line. Help goes to the standard output; what is wrong goes to the standard error with the nearest word that would
/// have been right.
Options parse_command_line(int count, char** words);

}  // namespace vsm::cli
