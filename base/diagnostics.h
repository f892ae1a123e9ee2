// What is wrong with a map, as data: which diagnostic, where, in what words, and what to write instead.
// Does not know which diagnostics there are (base/codes.h), nor how they are shown (base/render.h).
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace vsm {

enum class Severity { note, warning, error };
std::string_view name_of(Severity severity);

/// What a diagnostic judges: the text and the model, the map's completeness, the process shown, a target.
enum class RuleClass { none, map, process };

/// The number of a diagnostic; printed VSM0101. Its values are in base/codes.h: only files that name one depend on the table.
enum class Code : std::uint16_t;

/// A row of the table.
struct DiagnosticInfo {
    Code code;
    std::string_view identifier;
    std::string_view name;  ///< kebab-case, as users write it
    Severity severity;
    RuleClass rule_class;
    std::string_view message;  ///< the format string
};

/// All rows in the order of their numbers.
std::span<const DiagnosticInfo> all_diagnostics();
const DiagnosticInfo& info_of(Code code);
/// By `VSM1003`, `1003` or `missing-timing`; nothing when there is none.
const DiagnosticInfo* find_diagnostic(std::string_view code_or_name);
std::string text_of(Code code);

struct Label {
    SourceRange range;
    std::string text;
};

/// A change to the text that mends what is reported; `range` may be empty (an insertion).
struct Fix {
    SourceRange range;
    std::string replacement;
};

struct Diagnostic {
    Code code{};
    Severity severity = Severity::error;
    SourceRange range;
    std::string message;
    std::vector<Label> labels;
    std::string help;
    std::optional<Fix> fix;
};

/// A report being completed; valid until the next report. What it quotes is cut to what fits on a line: a word of a map may have megabytes.
class Report {
public:
    explicit Report(Diagnostic& diagnostic) : diagnostic_(diagnostic) {}
    Report& label(SourceRange range, std::string text);
    Report& help(std::string text);
    /// The candidate nearest to a word as help, and in its place as a fix where the word is sure to be a misspelling of it. Gives what is nearest.
    std::optional<std::string_view> did_you_mean(SourceRange range, std::string_view word, std::span<const std::string_view> candidates);
    /// A fix is whole or there is none: one of more than `longest_fix` bytes is left out.
    Report& fix(SourceRange range, std::string replacement);

private:
    Diagnostic& diagnostic_;
};

inline constexpr std::size_t longest_fix = 16 * 1024;
/// So many errors are kept; those behind them are counted.
inline constexpr std::size_t most_errors = 10'000;

/// The append-only sink of one run.
class Diagnostics {
public:
    /// Adds a diagnostic of a kind of the table; its arguments are checked against its message when this compiles.
    template <class Kind, class... Args>
    Report report(const Kind&, SourceRange range, const Args&... args) {
        std::string message = fmt::format(fmt::format_string<const Args&...>(Kind::message), args...);
        return add(Diagnostic{Kind::code, Kind::severity, range, std::move(message), {}, {}, std::nullopt});
    }
    Report add(Diagnostic diagnostic);

    const std::vector<Diagnostic>& all() const { return items_; }
    std::vector<Diagnostic>& items() { return items_; }
    std::size_t error_count() const { return errors_; }
    bool has_errors() const { return errors_ > 0; }
    void append(const Diagnostics& other);

private:
    std::vector<Diagnostic> items_;
    std::size_t errors_ = 0;
    Diagnostic not_kept_;
};

/// ` did you mean …` as help text, or nothing: the candidate nearest to a word, in back quotes.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// In the order people read: by file path, place, code; equal ones once. At most `limit` errors of one file are kept, and of other findings ten times
/// as many of one kind; the first one left out is replaced by too-many-errors or too-many-alike.
std::vector<Diagnostic> sorted(const Diagnostics& diagnostics, const SourceSet& sources, std::size_t limit = 100);

}  // namespace vsm
