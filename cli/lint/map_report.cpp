#include "cli/lint/map_report.h"

namespace vsm::cli {

void SharedSources::move(Diagnostic& diagnostic) {
    move(diagnostic.range);
    for (Label& label : diagnostic.labels) move(label.range);
    if (diagnostic.fix) move(diagnostic.fix->range);
}

void SharedSources::move(SourceRange& range) {
    if (!range.valid()) return;
    FileId& moved = moved_.at(range.file.index);
    if (!moved.valid()) moved = into_.file(from_[range.file]);
    range.file = moved;
}

FileId MergedSources::file(const SourceFile& source) {
    const auto [first, last] = files_.equal_range(source.path());
    for (auto known = first; known != last; ++known)
        if (sources[known->second].text() == source.text()) return known->second;
    const FileId added = sources.add(source.path(), std::string(source.text())).id();
    files_.emplace(source.path(), added);
    return added;
}

}  // namespace vsm::cli
