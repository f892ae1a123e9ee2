// Formats the figures of streams across commits as text, CSV and JSON. Pure: runs no git and compiles nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/figures/metric_values.h"
#include "runtime/reports/metrics/report.h"

namespace vsm::runtime {

struct HistoryCommit {
    std::string id;       ///< full hash
    std::string date;     ///< 2026-11-20; empty if the commit has none
    std::string subject;  ///< untrusted text
};

/// A stream at one commit.
struct HistoryPoint {
    std::size_t commit = 0;  ///< index into the commits
    enum class State { measured, broken, gone } state = State::measured;
    std::string path;                  ///< of its file at that commit
    Calendar calendar;                 ///< the length of a day in the figures
    std::vector<MetricValue> figures;  ///< of history_metrics(), in their order; empty unless measured
    bool kept = true;                  ///< HEAD descends from this value; else a merge took the value of another branch
};

struct StreamHistory {
    std::string name;                  ///< empty for a file that declares no stream or never compiled
    std::string title;                 ///< most recent
    std::vector<HistoryPoint> points;  ///< oldest first
    struct Move {
        std::size_t commit = 0;
        std::string from, to;  ///< paths of its file
    };
    std::vector<Move> moves;  ///< oldest first
};

struct History {
    std::vector<HistoryCommit> commits;  ///< oldest first
    std::vector<StreamHistory> streams;
    struct Unread {
        std::size_t commit = 0;
        std::string why;
    };
    std::vector<Unread> unread;  ///< commits whose maps the clone lacks
};

/// Keeps the last `most` commits at which a stream changed or moved, and the unread ones; removes the others with
/// their points. Returns whether there were more.
bool keep_last(History& history, std::size_t most);

/// The metrics of a history: times, ratios, counts and rates of a whole stream.
const std::vector<ir::Metric>& history_metrics();

/// The figures of one stream, in the order of history_metrics().
std::vector<MetricValue> history_figures(const ir::CheckedModel& model, const StreamMetrics& metrics);

/// For a terminal, at most 100 columns: a sparkline per figure and a row per commit, newest last.
std::string history_text(const History& history, ReportStyle style = {});

/// One row per commit and stream, times in seconds.
std::string history_csv(const History& history);

/// docs/schema/history.schema.json.
std::string history_json(const History& history);

/// A line of blocks, one per value, scaled from the lowest to the highest value; a dot for a missing value. After
/// Edward Tufte's sparklines (*Beautiful Evidence*, 2006).
std::string sparkline(std::span<const std::optional<double>> values);

}  // namespace vsm::runtime
