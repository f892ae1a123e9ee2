// Renders changes as text, Markdown and JSON (docs/diff.md). Pure: takes changes, returns text. Does not compare, and
// does not depend on where the text goes.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"
#include "runtime/diff/diff.h"
#include "runtime/reports/metrics/report.h"

namespace vsm::runtime {

/// Both versions of a map.
struct DiffedMap {
    std::string before_path, after_path;               ///< as shown to the user; empty: no such file in that version
    bool before_broken = false, after_broken = false;  ///< does not compile
    std::string first_error;  ///< of the version after: `line 6: unknown-name: …`; may be empty
    /// Streams of other files that may be in the version after, which does not compile: name and file before.
    std::vector<std::pair<std::string, std::string>> may_hold;
    MapSide before, after;
    const SourceSet* before_sources = nullptr;
    const SourceSet* after_sources = nullptr;
    MapChange change;
    std::vector<std::string> pictures;  ///< Mermaid, by stream of the change; empty if not drawn

    const std::string& path() const { return after_path.empty() ? before_path : after_path; }
    bool empty() const {
        return change.empty() && !before_broken && !after_broken && before_path.empty() == after_path.empty() &&
               !renamed();
    }
    bool renamed() const { return !before_path.empty() && !after_path.empty() && moved; }
    bool moved = false;                       ///< the path of the file changed, or that of `moved_streams`
    std::vector<ir::StreamId> moved_streams;  ///< after; if not empty, the report covers only these, not the files
};

/// For a terminal, at most 100 columns: the news of every stream, then changes and figures. Empty if nothing changed.
std::string diff_text(std::span<const DiffedMap> maps, ReportStyle style = {});

/// For a comment: the news in plain words, the diagram, the changes as one table, the rest folded. At most
/// `markdown_limit` bytes; states what was cut. Empty if nothing changed.
std::string diff_markdown(std::span<const DiffedMap> maps);
inline constexpr std::size_t markdown_limit = 64'000;

/// `line 12: missing-ca: …`.
std::string finding_text(const Diagnostic& finding, const SourceSet& sources);

/// docs/schema/diff.schema.json.
std::string diff_json(std::span<const DiffedMap> maps);

}  // namespace vsm::runtime
