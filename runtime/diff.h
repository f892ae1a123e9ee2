// What changed from one version of a map to the next, and what that does to the figures (docs/diff.md). Pure: from two checked models to
// data; does not know where the versions come from and not how a change is shown (runtime/diff_report.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "runtime/goals.h"
#include "runtime/match.h"
#include "runtime/metrics.h"

namespace vsm::runtime {

/// A property that has another value than before. Empty text: it is not stated.
struct ValueChange {
    std::string name;
    std::string before, after;
    bool operator==(const ValueChange&) const = default;
};

enum class ChangeKind { added, removed, changed };
std::string_view name_of(ChangeKind kind);

struct ElementChange {
    ir::ElementId before, after;  ///< invalid: it is new, or was removed
    bool renamed = false;
    std::string moved_from, moved_to;  ///< places in words; empty: it was not moved
    std::vector<ValueChange> values;

    ChangeKind kind() const {
        return !before.valid() ? ChangeKind::added : !after.valid() ? ChangeKind::removed : ChangeKind::changed;
    }
    bool moved() const { return !moved_to.empty(); }
};

/// A figure of the whole stream that is another than before.
struct FigureChange {
    ir::Metric metric;
    MetricValue before, after;
};

/// A target and how it stood, before and after. Nothing: it was not there.
struct TargetChange {
    std::string text;  ///< as written, the newer of both
    const ir::Target* target = nullptr;  ///< the same in its model
    std::optional<Verdict> before, after;
    bool worse = false;  ///< its figure is further from what it asks for, whichever version asks; or its verdict is worse
    bool rebased = false;  ///< a part of the figure, which a future was to reach and the figure has: now it asks for that part of the new figure
    bool kept() const { return before && after; }
};

struct StreamChange {
    ir::StreamId before, after;  ///< invalid: it is new, or was removed
    bool renamed = false;
    bool follows = false;  ///< a future that changes only as what it is based on does
    std::vector<ValueChange> values;
    std::vector<ElementChange> elements;  ///< those after in their order, then those removed
    std::vector<FigureChange> figures;    ///< in the order of the table of keys
    std::vector<TargetChange> targets;    ///< all of both versions; of a stream that stayed those after, then those removed

    ChangeKind kind() const {
        return !before.valid() ? ChangeKind::added : !after.valid() ? ChangeKind::removed : ChangeKind::changed;
    }
};

/// A team, or the top of the file (no name).
struct TeamChange {
    std::string name;
    ChangeKind kind = ChangeKind::changed;
    std::vector<ValueChange> values;
    bool imported = false;  ///< the team is declared in a file that this one imports

    bool operator==(const TeamChange&) const = default;
};

/// One version of a map. Nothing of it is kept.
struct MapSide {
    const ir::CheckedModel* model = nullptr;  ///< null: there is no such file, or it does not compile
    const std::vector<StreamMetrics>* metrics = nullptr;
    std::vector<Diagnostic> findings;  ///< of lint
};

struct MapChange {
    std::vector<TeamChange> teams;
    std::vector<StreamChange> streams;  ///< those after in their order, then those removed
    std::vector<Diagnostic> new_findings, fixed_findings;

    bool empty() const { return teams.empty() && streams.empty() && new_findings.empty() && fixed_findings.empty(); }
    /// Whether a figure that a target is about got worse.
    bool worse() const;
};

/// Which streams and futures of two maps are compared, where not all of them are one map's in both versions.
struct CompareScope {
    std::vector<ir::StreamId> before, after;
    std::map<ir::StreamId, ir::StreamId> pairs;  ///< after by before; what is in none was removed, or is new
    bool streams_alone = false;                  ///< without the teams and what else the files say
};

/// At least one side is there.
MapChange compare_maps(const MapSide& before, const MapSide& after);
MapChange compare_maps(const MapSide& before, const MapSide& after, const CompareScope& scope);

/// Whether a figure is better when it is smaller, or larger; nothing where neither is.
enum class Better { smaller, larger, neither };
Better better_of(ir::Metric metric);

/// Both values of a figure so that they can be compared: rates for a working day are alike where the day got longer and the rate stayed. Both are known.
struct Comparable {
    double before = 0, after = 0;
};
Comparable comparable(ir::Metric metric, double before, const Calendar& old, double after, const Calendar& fresh);

/// The process time that a ratio has a part of; nothing of other figures.
std::optional<ir::Metric> process_time_of(ir::Metric metric);

}  // namespace vsm::runtime
