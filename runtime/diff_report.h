// What changed and what it does, as a person or a program reads it: text, Markdown, JSON (docs/diff.md). Pure: from changes to text; does not
// compare and does not know where the text goes.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/source.h"
#include "runtime/diff.h"
#include "runtime/report.h"

namespace vsm::runtime {

/// A map in both its versions.
struct DiffedMap {
    std::string before_path, after_path;  ///< as shown to the user; empty: there is no such file in that version
    bool before_broken = false, after_broken = false;  ///< it does not compile
    MapSide before, after;
    const SourceSet* before_sources = nullptr;
    const SourceSet* after_sources = nullptr;
    MapChange change;
    std::vector<std::string> pictures;  ///< Mermaid, by stream of the change; empty where there is none to draw

    const std::string& path() const { return after_path.empty() ? before_path : after_path; }
    bool empty() const { return change.empty() && !before_broken && !after_broken && before_path.empty() == after_path.empty() && !renamed(); }
    bool renamed() const { return !before_path.empty() && !after_path.empty() && moved; }
    bool moved = false;  ///< the file has another path than before, or else the streams below
    std::vector<ir::StreamId> moved_streams;  ///< after; what is told is of them alone, not of the files
};

/// For a terminal, at most 100 columns: the news of every stream, then what changed and the figures. Nothing when nothing changed.
std::string diff_text(std::span<const DiffedMap> maps, ReportStyle style = {});

/// For a comment: the news in plain words, the picture, what changed in one table, the rest folded. At most `markdown_limit` bytes; what is
/// cut is said. Nothing when nothing changed.
std::string diff_markdown(std::span<const DiffedMap> maps);
inline constexpr std::size_t markdown_limit = 64'000;

/// docs/schema/diff.schema.json.
std::string diff_json(std::span<const DiffedMap> maps);

}  // namespace vsm::runtime
