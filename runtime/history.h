// The figures of streams from commit to commit, as a person or a program reads them: text, CSV, JSON. Pure; knows no git, and compiles nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/report.h"
#include "runtime/values.h"

namespace vsm::runtime {

struct HistoryCommit {
    std::string id;       ///< in full
    std::string date;     ///< 2026-11-20
    std::string subject;  ///< anybody's text
};

/// A stream at one commit.
struct HistoryPoint {
    std::size_t commit = 0;  ///< index into the commits
    enum class State { measured, broken, gone } state = State::measured;
    std::string path;                  ///< of its file then
    Calendar calendar;                 ///< what a day of the figures is
    std::vector<MetricValue> figures;  ///< of history_metrics(), in their order; empty unless measured
};

struct StreamHistory {
    std::string name;                  ///< empty: a file that declares no stream, or never compiled
    std::string title;                 ///< the last it had
    std::vector<HistoryPoint> points;  ///< the oldest first
};

struct History {
    std::vector<HistoryCommit> commits;  ///< the oldest first
    std::vector<StreamHistory> streams;
};

/// The keys that a history holds: times, ratios, numbers and rates of the stream as a whole.
const std::vector<ir::Metric>& history_metrics();

/// The figures of one stream, in the order of history_metrics().
std::vector<MetricValue> history_figures(const ir::CheckedModel& model, const StreamMetrics& metrics);

/// For a terminal, at most 100 columns: of each stream a line of blocks a figure and a row a commit, the newest last.
std::string history_text(const History& history, ReportStyle style = {});

/// One row a commit and stream, times in seconds.
std::string history_csv(const History& history);

/// docs/schema/history.schema.json.
std::string history_json(const History& history);

/// A line of blocks as high as the values, one a value, the lowest and the highest filling the height; a dot where there is none. After Edward Tufte's
/// sparklines (*Beautiful Evidence*, 2006).
std::string sparkline(std::span<const std::optional<double>> values);

}  // namespace vsm::runtime
