// Compares two versions of a map and their figures (docs/diff.md). Pure: takes two checked models, returns data. Does
// not depend on where the versions come from or how a change is displayed (runtime/reports/diff/diff_report.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "runtime/diff/match.h"
#include "runtime/figures/goals.h"
#include "runtime/metrics.h"

namespace vsm::runtime {

/// A property whose value changed. Empty text: not stated.
struct ValueChange {
    std::string name;
    std::string before, after;
    bool operator==(const ValueChange&) const = default;
};

enum class ChangeKind { added, removed, changed };
std::string_view name_of(ChangeKind kind);

struct ElementChange {
    ir::ElementId before, after;  ///< invalid: added, or removed
    bool renamed = false;
    std::string moved_from, moved_to;  ///< places in words; empty: not moved
    std::vector<ValueChange> values;

    ChangeKind kind() const {
        return !before.valid() ? ChangeKind::added : !after.valid() ? ChangeKind::removed : ChangeKind::changed;
    }
    bool moved() const { return !moved_to.empty(); }
};

/// A figure of the whole stream that changed.
struct FigureChange {
    ir::Metric metric;
    MetricValue before, after;
};

/// A target with its verdicts before and after; empty if the target did not exist.
struct TargetChange {
    std::string text;                    ///< as written, in the newer version that has it
    const ir::Target* target = nullptr;  ///< in its model
    std::optional<Verdict> before, after;
    ir::Metric judged_by = ir::Metric::lead_time;  ///< the metric that decides
    std::optional<double> bound;                   ///< absolute; in the newer version that has it
    bool worse = false;  ///< the figure moved away from the bound of either version, or the verdict is worse
    /// A relative target that a future was to meet: the figure has reached the old bound, so the new bound is a share
    /// of the new figure.
    bool rebased = false;
    /// The target is met only because its bound moved: the figure does not reach the bound before.
    bool relaxed = false;
    /// The verdict is worse only because the bound or the date moved: the figures are no worse for the target before,
    /// and did not reach the target after.
    bool tightened = false;
    bool kept() const { return before && after; }
};

struct StreamChange {
    ir::StreamId before, after;  ///< invalid: added, or removed
    bool renamed = false;
    bool follows = false;  ///< a future that changes only through its base
    std::vector<ValueChange> values;
    std::vector<ElementChange> elements;  ///< elements of the version after in order, then removed ones
    std::vector<FigureChange> figures;    ///< in the order of ir/metric_keys.def
    std::vector<TargetChange> targets;    ///< of a stream in both versions: targets after in order, then removed ones

    ChangeKind kind() const {
        return !before.valid() ? ChangeKind::added : !after.valid() ? ChangeKind::removed : ChangeKind::changed;
    }
};

/// A team, or the top level of the file (no name).
struct TeamChange {
    std::string name;
    ChangeKind kind = ChangeKind::changed;
    std::vector<ValueChange> values;
    bool imported = false;  ///< declared in an imported file

    bool operator==(const TeamChange&) const = default;
};

/// One version of a map. Of the result, only TargetChange::target refers to its model.
struct MapSide {
    const ir::CheckedModel* model = nullptr;  ///< null: no such file, or it does not compile
    const std::vector<StreamMetrics>* metrics = nullptr;
    std::vector<Diagnostic> findings;  ///< of lint
};

struct MapChange {
    std::vector<TeamChange> teams;
    std::vector<StreamChange> streams;  ///< streams of the version after in order, then removed ones
    std::vector<Diagnostic> new_findings, fixed_findings;

    bool empty() const { return teams.empty() && streams.empty() && new_findings.empty() && fixed_findings.empty(); }
    /// Whether any target got worse.
    bool worse() const;
};

/// The streams and futures to compare, if they are not exactly those of one file in both versions.
struct CompareScope {
    std::vector<ir::StreamId> before, after;
    std::map<ir::StreamId, ir::StreamId> pairs;  ///< after by before; a stream without a pair was added or removed
    bool streams_alone = false;                  ///< ignores teams and the top level of the files
};

/// Compares two versions; at least one of them exists.
MapChange compare_maps(const MapSide& before, const MapSide& after);
MapChange compare_maps(const MapSide& before, const MapSide& after, const CompareScope& scope);

/// The direction in which a metric improves.
enum class Better { smaller, larger, neither };
Better better_of(ir::Metric metric);

/// Two known values of a metric on a common basis: rates are converted to the working day of the version after.
struct Comparable {
    double before = 0, after = 0;
};
Comparable comparable(ir::Metric metric, double before, const Calendar& old, double after, const Calendar& fresh);

/// The process time in the numerator of a ratio; empty for other metrics.
std::optional<ir::Metric> process_time_of(ir::Metric metric);

}  // namespace vsm::runtime
