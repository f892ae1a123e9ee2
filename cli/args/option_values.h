// Parses the values of flags: levels, reports, dates, backends. Error messages name the flag.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args/options.h"

namespace vsm::cli {

struct BadValue {
    std::string message;
};

/// A suggestion for a mistyped word, `; did you mean `lint`?`; empty if none is close.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

/// `a, b or c`.
std::string listed(const std::vector<std::string>& words);

/// Splits the values of a repeatable, comma-separated flag: each word once, in order, trimmed. `example` is a valid
/// list for the error message about an empty word.
std::optional<BadValue> read_list(std::string_view flag, std::string_view example, std::vector<std::string>& words);

/// Parses `error`, `warning` or `note`; `off` and `never` set `off`. Returns nothing for these two and for any other
/// word.
std::optional<Severity> read_level(const std::string& word, bool& off);

/// `-W missing-ca=error`.
std::optional<BadValue> read_rule_level(const std::string& word, lint::RuleSet& rules);

/// Finds one of lint_format_names.
std::optional<LintFormat> find_lint_format(std::string_view word);

/// `--report sarif=lint.sarif`.
std::optional<BadValue> read_report(const std::string& word, std::vector<ReportFile>& reports);

/// `--as-of 2026-11-20`: the date from which the age of figures is computed.
std::optional<BadValue> read_as_of(const std::string& word, lint::RuleSet& rules);

/// `--time-scale 1d=2s` or `0`: the mock's duration of a working day.
std::optional<BadValue> read_time_scale(const std::string& word, backends::TimeScale& scale);

/// `-t mermaid,svg`: each backend once, in order; rejects unknown names.
std::optional<BadValue> read_targets(std::vector<std::string>& targets);

/// `--on push,pull_request`.
std::optional<BadValue> read_events(std::vector<std::string>& events);

/// `--runs-on self-hosted,linux`; rejects labels that contain whitespace.
std::optional<BadValue> read_labels(std::vector<std::string>& labels);

}  // namespace vsm::cli
