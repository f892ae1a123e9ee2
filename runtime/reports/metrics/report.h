// Renders figures as text, JSON, CSV and Markdown. Pure: takes figures, returns text. Does not compute figures, and
// does not depend on where the text goes.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/shared.h"
#include "runtime/metrics.h"

namespace vsm::runtime {

/// A finding of a process rule about a stream.
struct Observation {
    std::string name;  ///< of the rule
    Severity severity = Severity::note;
    std::string text;
    std::string help;
};

/// Observations of one rule are adjacent.
using Observations = std::map<ir::StreamId, std::vector<Observation>>;

/// The figures of one file's streams. Cheap to copy.
struct FileMetrics {
    std::string path;  ///< as shown to the user
    const ir::CheckedModel* model = nullptr;
    Shared<std::vector<StreamMetrics>> streams{};  ///< of the whole file, by id, for comparison among them
    ir::StreamId only{};                           ///< the one to show; invalid: all
    Shared<Observations> observations{};
    /// The streams to show: `only`, or all that the file declares itself.
    std::span<const StreamMetrics> shown() const;
};

/// Splits the files into one entry per shown stream and sorts all entries by a metric (with rework, if it has such a
/// form), worst first: the largest time or number, the smallest ratio or rate; unknown values last. `key` must be one
/// of ir/metric_keys.def.
void sort_by(std::vector<FileMetrics>& files, std::string_view key);

struct ReportStyle {
    bool color = false;            ///< ANSI colours
    std::string_view sorted_by{};  ///< a metric key: one row per stream, with a column for this figure
};

/// For a terminal, at most 100 columns: for one file every stream in full (a table of its elements with bars, and the
/// totals); for several files, or if sorted, one row per stream.
std::string metrics_text(std::span<const FileMetrics> files, ReportStyle style = {});

/// docs/schema/metrics.schema.json.
std::string metrics_json(std::span<const FileMetrics> files);

/// A header and one row per stream, times in seconds. An unknown figure is empty; its bound has a column of its own.
std::string metrics_csv(std::span<const FileMetrics> files);

/// For a pull request: the first line states the most important result, the rest is folded. For one file every stream
/// in full; for several, or if sorted, one row per stream with its targets and levers.
std::string metrics_markdown(std::span<const FileMetrics> files, ReportStyle style = {});

/// For a comment or a document about one stream: the first line states the most important result, then the Mermaid
/// `diagram` (may be empty), then all figures, folded.
std::string stream_markdown(const FileMetrics& file, const StreamMetrics& metrics, std::string_view diagram);

}  // namespace vsm::runtime
