// The figures as a person or a program reads them: text, JSON, CSV, Markdown. Pure: from figures to text; does not compute
// figures and does not know where the text goes.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/shared.h"
#include "runtime/metrics.h"

namespace vsm::runtime {

/// What is worth saying of the process that a stream shows, found by whoever knows the rules.
struct Observation {
    std::string name;  ///< of the rule
    Severity severity = Severity::note;
    std::string text;
    std::string help;
};

/// Those of one rule stand together.
using Observations = std::map<ir::StreamId, std::vector<Observation>>;

/// The figures of one file's streams. Cheap to copy.
struct FileMetrics {
    std::string path;  ///< as shown to the user
    const ir::CheckedModel* model = nullptr;
    Shared<std::vector<StreamMetrics>> streams{};  ///< all of the file, by id, so that each can be held against the others
    ir::StreamId only{};                           ///< the one to show; invalid: all
    Shared<Observations> observations{};
    /// What is shown of the file: its own streams.
    std::span<const StreamMetrics> shown() const;
};

/// Orders the files, and the streams of each, so that the worst of a figure comes first (times, numbers: the largest; ratios and rates: the
/// smallest); what is unknown comes last. `key` is one of ir/metric_keys.def.
void sort_by(std::vector<FileMetrics>& files, std::string_view key);

struct ReportStyle {
    bool color = false;             ///< ANSI colours
    std::string_view sorted_by{};  ///< a figure's key: one row a stream, with this figure among the columns
};

/// For a terminal, at most 100 columns: of one file every stream in full (a table of its elements with bars, and the totals), of
/// several files one row a stream.
std::string metrics_text(std::span<const FileMetrics> files, ReportStyle style = {});

/// docs/schema/metrics.schema.json.
std::string metrics_json(std::span<const FileMetrics> files);

/// A heading and one row a stream, times in seconds. Unknown: empty, with the bound in a column of its own.
std::string metrics_csv(std::span<const FileMetrics> files);

/// For a pull request: the first line says the most important thing, the rest folds. Of one file every stream in full, of several one row
/// a stream with its targets and levers.
std::string metrics_markdown(std::span<const FileMetrics> files, ReportStyle style = {});

/// Of one stream, for a comment or a document: the first line says the most important thing; then `diagram`, a Mermaid one that is left out
/// where it is empty; all figures fold.
std::string stream_markdown(const FileMetrics& file, const StreamMetrics& metrics, std::string_view diagram);

}  // namespace vsm::runtime
