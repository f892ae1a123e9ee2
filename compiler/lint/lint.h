// The lint framework: rules, their registry, and how `allow` silences findings. Each rule is a file in rules/.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "compiler/lint/thresholds.h"
#include "ir/checked_model.h"
#include "runtime/figures/goals.h"
#include "runtime/metrics.h"

namespace vsm::lint {

/// The place of a finding in the model. An `allow` in that element, in an ancestor, in the stream or at the top of the
/// file silences it.
struct Place {
    ir::StreamId stream;
    ir::ElementId element;  ///< invalid for the stream itself
};

struct Finding {
    Diagnostic diagnostic;
    Place place;
};

/// An `allow` and its place.
struct AllowPlace {
    const ir::Allow* allow;
    Place place;  ///< an invalid stream means the top of the file
};

/// The metrics of the streams of a map, computed once for all rules, and only on demand.
class SharedFigures {
public:
    explicit SharedFigures(const ir::CheckedModel& model) : model_(model) {}

    /// Metrics of all streams and futures that the file itself declares, in the model's order.
    const std::vector<runtime::StreamMetrics>& all();
    /// Metrics of one of them.
    const runtime::StreamMetrics& of(ir::StreamId stream);
    /// The targets of one of them, judged for it and its futures.
    const std::vector<runtime::JudgedTarget>& targets_of(ir::StreamId stream);

private:
    const ir::CheckedModel& model_;
    std::optional<std::vector<runtime::StreamMetrics>> measured_;
    std::vector<std::size_t> places_;  ///< index in `measured_`, by stream
    std::map<ir::StreamId, std::vector<runtime::JudgedTarget>> judged_;
};

/// The input of a rule.
struct LintInput {
    const ir::CheckedModel& model;
    SharedFigures& figures;
    const Thresholds& thresholds;
    std::optional<Date> as_of;  ///< the day on which the map is judged; without it, rules about age do not run
    std::span<const AllowPlace> unused_allows;  ///< only for rules that run last
};

/// Collects the findings of rules.
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

/// A rule: its code from base/diagnostics/diagnostics.def, its explanation, and its check.
struct Rule {
    Code code;
    std::string_view what;  ///< one sentence: what it reports
    std::string_view why;   ///< why it matters, and what to do
    std::string_view bad;   ///< a map with exactly this finding
    std::string_view good;  ///< the fixed map
    void (*check)(const LintInput&, Reporter&);
    std::string_view
        as_of{};  ///< for rules about age, which run only if a day is given: the day on which `bad` is judged
    bool runs_last = false;  ///< depends on the findings of other rules
};

/// All rules, sorted by number.
std::span<const Rule* const> all_rules();

/// Severities that override the table; nothing turns the rule off.
using RuleLevels = std::map<Code, std::optional<Severity>>;

struct RuleSet {
    RuleLevels levels;
    bool process_rules = false;  ///< also run the rules of class `process`
    Thresholds thresholds;
    std::optional<Date> as_of;  ///< for rules about age, which do not run without it
    std::optional<Severity> level_of(const Rule& rule) const;
    /// Whether a rule runs: it is on, and a day is given if it needs one.
    bool runs(const Rule& rule) const;
};

struct LintResult {
    std::size_t allowed = 0;  ///< findings that an `allow` silenced
};

/// Runs the rules on the streams that the file itself declares.
LintResult lint(const ir::CheckedModel& model, const RuleSet& rules, Diagnostics& diagnostics);

}  // namespace vsm::lint
