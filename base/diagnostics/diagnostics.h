// Diagnostics as data: code, place, message, labels, help and fix.
// Does not depend on the table of diagnostics (base/diagnostics/codes.h) or on their presentation
// (base/diagnostics/render/render.h).
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

/// What a rule judges: the map's completeness and consistency, or the process that it shows. `none`: not a rule.
enum class RuleClass { none, map, process };

/// The number of a diagnostic, printed as VSM0101. base/diagnostics/codes.h defines the values, so that only files
/// that name a diagnostic depend on the table.
enum class Code : std::uint16_t;

/// A row of base/diagnostics/diagnostics.def.
struct DiagnosticInfo {
    Code code;
    std::string_view identifier;
    std::string_view name;  ///< in kebab case, as users write it
    Severity severity;
    RuleClass rule_class;
    std::string_view message;  ///< format string
};

/// All rows, sorted by number.
std::span<const DiagnosticInfo> all_diagnostics();
const DiagnosticInfo& info_of(Code code);
/// Finds a row by `VSM1003`, `1003` or `missing-timing`, ignoring case; null if there is none.
const DiagnosticInfo* find_diagnostic(std::string_view code_or_name);
std::string text_of(Code code);

struct Label {
    SourceRange range;
    std::string text;
};

/// An edit of the source that fixes the reported problem. An empty `range` is an insertion.
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

/// Completes a reported diagnostic; valid until the next report. Quoted text is cut to fit a line, because a word of a
/// map can have megabytes.
class Report {
public:
    explicit Report(Diagnostic& diagnostic) : diagnostic_(diagnostic) {}
    Report& label(SourceRange range, std::string text);
    Report& help(std::string text);
    /// Adds the candidate nearest to a word as help, and as a fix if the word is certainly a misspelling of it. Returns
    /// that candidate.
    std::optional<std::string_view> did_you_mean(SourceRange range, std::string_view word,
                                                 std::span<const std::string_view> candidates);
    /// Sets the fix, unless the replacement is longer than `longest_fix` bytes: fixes are never cut.
    Report& fix(SourceRange range, std::string replacement);

private:
    Diagnostic& diagnostic_;
};

inline constexpr std::size_t longest_fix = 16 * 1024;
/// Number of errors kept; further errors are only counted.
inline constexpr std::size_t most_errors = 10'000;

/// The message of a diagnostic with its arguments.
std::string message_of(Code code, fmt::format_args args);

/// Collects the diagnostics of one run.
class Diagnostics {
public:
    /// Adds a diagnostic of a kind in `diag/PHASE.h` or `diag/rules/NAME.h`, which are generated from the table
    /// (cmake/VsmDiagnostics.cmake). The arguments are checked against those of its message at compile time.
    template <class Kind, class... Args>
    Report report(const Kind&, SourceRange range, const Args&... args) {
        [[maybe_unused]] constexpr fmt::format_string<const Args&...> checked(Kind::arguments);
        std::string message = message_of(Kind::code, fmt::make_format_args(args...));
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

/// Help text that suggests the candidate nearest to a word (`did you mean …?`); empty if none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// The diagnostics without duplicates, sorted by file path, place and code. Keeps at most `limit` errors per file, and
/// ten times as many other findings of one kind per file; the first one beyond that is replaced by too-many-errors or
/// too-many-alike.
std::vector<Diagnostic> sorted(const Diagnostics& diagnostics, const SourceSet& sources, std::size_t limit = 100);

}  // namespace vsm
