// Source text and positions in it. Does not read files; the command line does.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"

namespace vsm {

struct FileTag;
using FileId = Id<FileTag>;

/// Bytes [begin, end) of one file. A default range is invalid.
struct SourceRange {
    FileId file;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    bool valid() const { return file.valid(); }
    auto operator<=>(const SourceRange&) const = default;
};

/// The smallest range that covers both; either may be invalid. Returns the first if they are in different files.
SourceRange join(SourceRange first, SourceRange second);

/// A position for people: line from 1, column in characters (code points) from 1.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

class SourceFile {
public:
    /// `path` is shown to users as given; `text` may contain any bytes, at most 4 GiB.
    SourceFile(FileId id, std::string path, std::string text);
    /// A copy with another id.
    SourceFile(FileId id, const SourceFile& other);

    FileId id() const { return id_; }
    const std::string& path() const { return path_; }
    std::string_view text() const { return text_; }
    std::string_view text(SourceRange range) const;

    /// The line (from 1) that contains a byte offset.
    std::uint32_t line_of(std::uint32_t offset) const;
    /// The text of a line (from 1) without its line end.
    std::string_view line_text(std::uint32_t line) const;
    std::uint32_t line_begin(std::uint32_t line) const;
    std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }
    Position position(std::uint32_t offset) const;

private:
    FileId id_;
    std::string path_;
    std::string text_;
    /// The number of characters before an offset.
    std::uint32_t characters_before(std::uint32_t offset) const;

    std::vector<std::uint32_t> line_starts_;
    std::vector<std::uint32_t>
        block_characters_;  ///< characters before each block of bytes; keeps columns in long lines cheap
};

/// Owns the files of one run. The address of a file is stable while the set lives.
class SourceSet {
public:
    const SourceFile& add(std::string path, std::string text);
    /// Adds a copy of a file of another set.
    const SourceFile& add(const SourceFile& file);
    const SourceFile& operator[](FileId id) const { return *files_[id.index]; }
    std::size_t size() const { return files_.size(); }

private:
    std::vector<std::unique_ptr<SourceFile>> files_;
};

}  // namespace vsm
