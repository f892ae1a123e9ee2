// The frame of lint rules: what a rule is, which there are, and how `allow` silences one. Rules live in rules/, one a file.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/diagnostics.h"
#include "compiler/lint/thresholds.h"
#include "ir/checked_model.h"
#include "runtime/goals.h"
#include "runtime/metrics.h"

namespace vsm::lint {

/// Where in the model a finding belongs: `allow` in that element, in one that holds it, in the stream or at the top of the file silences it.
struct Place {
    ir::StreamId stream;
    ir::ElementId element;  ///< invalid: the stream itself
};

struct Finding {
    Diagnostic diagnostic;
    Place place;
};

/// An `allow` and where it stands.
struct AllowPlace {
    const ir::Allow* allow;
    Place place;  ///< stream invalid: the top of the file
};

/// The figures of the streams of a map, measured once for all rules, and only when one asks.
class SharedFigures {
public:
    explicit SharedFigures(const ir::CheckedModel& model) : model_(model) {}

    /// Of all streams and futures that the file itself declares, in the model's order.
    const std::vector<runtime::StreamMetrics>& all();
    /// Of one of them.
    const runtime::StreamMetrics& of(ir::StreamId stream);
    /// The targets of one of them, judged for it and its futures.
    const std::vector<runtime::JudgedTarget>& targets_of(ir::StreamId stream);

private:
    const ir::CheckedModel& model_;
    std::optional<std::vector<runtime::StreamMetrics>> measured_;
    std::vector<std::size_t> places_;  ///< in `measured_`, by stream
    std::map<ir::StreamId, std::vector<runtime::JudgedTarget>> judged_;
};

/// What a rule looks at.
struct LintInput {
    const ir::CheckedModel& model;
    SharedFigures& figures;
    const Thresholds& thresholds;
    std::optional<Date> as_of;                  ///< the day on which the map is judged; nothing: rules about age are silent
    std::span<const AllowPlace> unused_allows;  ///< known only to rules that run last
};

/// What a rule reports to.
class Reporter {
public:
    explicit Reporter(std::vector<Finding>& findings) : findings_(findings) {}

    template <class Kind, class... Args>
    Report report(const Kind& kind, Place place, SourceRange range, const Args&... args) {
        Diagnostics one;
        one.report(kind, range, args...);
        findings_.push_back({one.items().front(), place});
        return Report(findings_.back().diagnostic);
    }

private:
    std::vector<Finding>& findings_;
};

/// A rule: its row in base/diagnostics.def, what it is about, and the function that looks for it.
struct Rule {
    Code code;
    std::string_view what;  ///< one sentence: what it reports
    std::string_view why;   ///< why that matters, and what to do
    std::string_view bad;   ///< a map that has exactly this finding
    std::string_view good;  ///< the map mended
    void (*check)(const LintInput&, Reporter&);
    std::string_view as_of{};  ///< of rules about age, which run only when a day is given: that on which the bad map is judged
    bool runs_last = false;    ///< looks at what became of the other rules' findings
};

/// All rules in the order of their numbers, from the table.
std::span<const Rule* const> all_rules();

/// Levels that differ from the table's. Nothing: the rule is off.
using RuleLevels = std::map<Code, std::optional<Severity>>;

struct RuleSet {
    RuleLevels levels;
    bool process_rules = false;  ///< also the class `process`
    Thresholds thresholds;
    std::optional<Date> as_of;   ///< for rules about age; they are silent without it
    std::optional<Severity> level_of(const Rule& rule) const;
    /// Whether a rule looks at all: it is on, and what it measures from is given.
    bool runs(const Rule& rule) const;
};

struct LintResult {
    std::size_t allowed = 0;  ///< findings that an `allow` silenced
};

/// Runs the rules on the streams that the file itself declares.
LintResult lint(const ir::CheckedModel& model, const RuleSet& rules, Diagnostics& diagnostics);

}  // namespace vsm::lint
