// What words of the command line stand for: levels, reports, days, targets. What is wrong with one is said in the words of its flag.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace vsm::cli {

struct BadValue {
    std::string message;
};

/// Words a user may have meant and did not type right: `; did you mean `lint`?`, or nothing.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

/// `a, b or c`.
std::string listed(const std::vector<std::string>& words);

/// What a flag was given, with commas or several times: each word once, in the order given, without the blanks around it. `example` is
/// what a user may write instead of a list in which one is empty.
std::optional<BadValue> read_list(std::string_view flag, std::string_view example, std::vector<std::string>& words);

/// `error`, `warning`, `note`; `off` and `never` set `off`. Nothing for them and for any other word.
std::optional<Severity> read_level(const std::string& word, bool& off);

/// `-W missing-ca=error`.
std::optional<BadValue> read_rule_level(const std::string& word, lint::RuleSet& rules);

/// One of lint_format_names.
std::optional<LintFormat> find_lint_format(std::string_view word);

/// `--report sarif=lint.sarif`.
std::optional<BadValue> read_report(const std::string& word, std::vector<ReportFile>& reports);

/// `--as-of 2026-11-20`: the day on which figures are judged by their age.
std::optional<BadValue> read_as_of(const std::string& word, lint::RuleSet& rules);

/// `--time-scale 1d=2s` or `0`: how long the mock takes for a working day.
std::optional<BadValue> read_time_scale(const std::string& word, backends::TimeScale& scale);

/// `-t mermaid,svg`: each target once, in the order named; an unknown one is refused.
std::optional<BadValue> read_targets(std::vector<std::string>& targets);

/// `--on push,pull_request`.
std::optional<BadValue> read_events(std::vector<std::string>& events);

/// `--runs-on self-hosted,linux`: no machine has a label with a blank in it.
std::optional<BadValue> read_labels(std::vector<std::string>& labels);

}  // namespace vsm::cli
