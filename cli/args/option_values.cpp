#include "cli/args/option_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/text.h"

namespace vsm::cli {
namespace {

constexpr std::string_view blanks = " \t\n\r\f\v";

std::string_view without_blanks_around(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const std::size_t end = text.find_last_not_of(blanks) + 1;
    return text.substr(begin, end > begin ? end - begin : 0);
}

/// A suggestion, else the list of all known words.
std::string suggestion_or_list(std::string_view word, const std::vector<std::string>& known) {
    const std::string guess = suggestion(word, known);
    return !guess.empty() ? guess : fmt::format("; there are {}", fmt::join(known, ", "));
}

}  // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    const std::string guess = did_you_mean(word, views);
    return guess.empty() ? std::string() : "; " + guess;
}

std::string listed(const std::vector<std::string>& words) {
    std::string list = words.front();
    for (std::size_t i = 1; i < words.size(); ++i) list += (i + 1 == words.size() ? " or " : ", ") + words[i];
    return list;
}

std::optional<Severity> read_level(const std::string& word, bool& off) {
    off = word == "off" || word == "never";
    if (word == "error") return Severity::error;
    if (word == "warning") return Severity::warning;
    if (word == "note") return Severity::note;
    return std::nullopt;
}

std::optional<BadValue> read_rule_level(const std::string& word, lint::RuleSet& rules) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    std::vector<std::string> names;
    for (const lint::Rule* rule : lint::all_rules()) names.emplace_back(info_of(rule->code).name);
    const DiagnosticInfo* info = find_diagnostic(name);
    if (info == nullptr || info->rule_class == RuleClass::none)
        return BadValue{fmt::format("-W: no rule is called `{}`{}", name, suggestion(name, names))};
    bool off = false;
    const auto level = equals == std::string::npos ? std::nullopt : read_level(word.substr(equals + 1), off);
    if (!level && !(off && word.ends_with("=off")))
        return BadValue{fmt::format("-W takes RULE=off, note, warning or error, found `{}`", word)};
    rules.levels[info->code] = level;
    return std::nullopt;
}

std::optional<LintFormat> find_lint_format(std::string_view word) {
    const auto found = std::find(lint_format_names.begin(), lint_format_names.end(), word);
    if (found == lint_format_names.end()) return std::nullopt;
    return static_cast<LintFormat>(found - lint_format_names.begin());
}

std::optional<BadValue> read_report(const std::string& word, std::vector<ReportFile>& reports) {
    const std::size_t equals = word.find('=');
    const std::string path = equals == std::string::npos ? std::string() : word.substr(equals + 1);
    const auto format = find_lint_format(word.substr(0, equals));
    const std::vector<std::string> names(lint_format_names.begin(), lint_format_names.end());
    if (equals == std::string::npos || path.empty())
        return BadValue{fmt::format("--report takes FORMAT=FILE, such as `sarif=lint.sarif`, found `{}`", word)};
    if (!format)
        return BadValue{fmt::format("--report: no format is called `{}`{}", word.substr(0, equals),
                                    suggestion_or_list(word.substr(0, equals), names))};
    if (path == "-")
        return BadValue{
            fmt::format("--report writes a file; for the standard output, give --format {}", word.substr(0, equals))};
    for (const ReportFile& other : reports)
        if (other.path == path) return BadValue{fmt::format("--report: two reports would be written to {}", path)};
    reports.push_back({*format, path});
    return std::nullopt;
}

std::optional<BadValue> read_as_of(const std::string& word, lint::RuleSet& rules) {
    if (word.empty()) return std::nullopt;
    rules.as_of = parse_date(word);
    if (!rules.as_of) return BadValue{fmt::format("--as-of takes a day such as 2026-11-20, found `{}`", word)};
    return std::nullopt;
}

std::optional<BadValue> read_time_scale(const std::string& word, backends::TimeScale& scale) {
    const std::string_view text =
        std::string_view(word).starts_with("1d=") ? std::string_view(word).substr(3) : std::string_view(word);
    const bool zero = text == "0";
    const std::size_t letters = std::min(text.find_first_not_of("0123456789."), text.size());
    const auto number = parse_decimal(text.substr(0, letters));
    const auto unit = parse_time_unit(text.substr(letters));
    const bool clock = unit && *unit <= TimeUnit::hour;
    const auto length =
        number && clock ? scale_exactly(*number, length_of(*unit, round_the_clock).microseconds) : std::nullopt;
    if (!zero && (!length || *length > backends::TimeScale::longest.microseconds))
        return BadValue{fmt::format(
            "--time-scale takes what a working day takes in the mock, such as `1d=1s` or `0`, at most 24h, found `{}`",
            word)};
    scale.mock_per_working_day = {zero ? 0 : *length};
    return std::nullopt;
}

std::optional<BadValue> read_list(std::string_view flag, std::string_view example, std::vector<std::string>& words) {
    std::vector<std::string> once;
    for (const std::string& given : words) {
        std::istringstream parts(given + ',');
        for (std::string part; std::getline(parts, part, ',');) {
            const std::string word(without_blanks_around(part));
            if (word.empty())
                return BadValue{
                    fmt::format("{} takes one or several with commas, such as `{}`, found an empty one in `{}`", flag,
                                example, given)};
            if (std::find(once.begin(), once.end(), word) == once.end()) once.push_back(word);
        }
    }
    words = std::move(once);
    return std::nullopt;
}

std::optional<BadValue> read_targets(std::vector<std::string>& targets) {
    if (const auto bad = read_list("-t", "mermaid,svg", targets)) return bad;
    std::vector<std::string> known;
    for (const backends::Backend& backend : backends::all_backends()) known.emplace_back(backend.name);
    for (const std::string& target : targets)
        if (backends::find_backend(target) == nullptr)
            return BadValue{fmt::format("no target is called `{}`{}", target, suggestion_or_list(target, known))};
    return std::nullopt;
}

std::optional<BadValue> read_events(std::vector<std::string>& events) {
    if (const auto bad = read_list("--on", "push,pull_request", events)) return bad;
    const std::vector<std::string> known(backends::workflow_events.begin(), backends::workflow_events.end());
    for (const std::string& event : events)
        if (std::find(known.begin(), known.end(), event) == known.end())
            return BadValue{fmt::format("--on takes {}, found `{}`{}", listed(known), event, suggestion(event, known))};
    return std::nullopt;
}

std::optional<BadValue> read_labels(std::vector<std::string>& labels) {
    if (const auto bad = read_list("--runs-on", "self-hosted,linux", labels)) return bad;
    for (const std::string& label : labels)
        if (label.find_first_of(blanks) != std::string::npos)
            return BadValue{fmt::format(
                "--runs-on takes labels with commas between, such as `self-hosted,linux`, found a blank in `{}`",
                label)};
    return std::nullopt;
}

}  // namespace vsm::cli
