#include "base/source.h"

#include <algorithm>

namespace vsm {
namespace {

constexpr std::uint32_t block_bytes = 64;

std::uint32_t characters_in(std::string_view text) {
    const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), begins_character));
}

}  // namespace

SourceRange join(SourceRange first, SourceRange second) {
    if (!first.valid()) return second;
    if (!second.valid() || second.file != first.file) return first;
    return {first.file, std::min(first.begin, second.begin), std::max(first.end, second.end)};
}

SourceFile::SourceFile(FileId id, std::string path, std::string text)
    : id_(id), path_(std::move(path)), text_(std::move(text)) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    line_starts_.push_back(text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
    const std::string_view all = text_;
    std::uint32_t characters = 0;
    for (std::size_t at = 0; at < all.size(); at += block_bytes) {
        block_characters_.push_back(characters);
        characters += characters_in(all.substr(at, block_bytes));
    }
    const bool has_returns = all.find('\r') != std::string_view::npos;
    const auto line_end = [&](std::size_t at) {
        return has_returns ? all.find_first_of("\r\n", at) : all.find('\n', at);
    };
    for (std::size_t at = line_end(0); at != std::string_view::npos; at = line_end(at + 1))
        if (all.substr(at, 2) != "\r\n") line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
}

std::string_view SourceFile::text(SourceRange range) const {
    VSM_CHECK(range.begin <= range.end && range.end <= text_.size());
    return std::string_view(text_).substr(range.begin, range.end - range.begin);
}

std::uint32_t SourceFile::line_of(std::uint32_t offset) const {
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(after - line_starts_.begin()));
}

std::uint32_t SourceFile::line_begin(std::uint32_t line) const {
    VSM_CHECK(line >= 1 && line <= line_starts_.size());
    return line_starts_[line - 1];
}

std::string_view SourceFile::line_text(std::uint32_t line) const {
    const std::uint32_t begin = line_begin(line);
    const std::size_t end = line < line_starts_.size() ? line_starts_[line] : text_.size();
    std::string_view found = std::string_view(text_).substr(begin, end - begin);
    while (!found.empty() && (found.back() == '\n' || found.back() == '\r')) found.remove_suffix(1);
    return found;
}

Position SourceFile::position(std::uint32_t offset) const {
    const std::uint32_t line = line_of(offset);
    const auto end = std::clamp(offset, line_begin(line), static_cast<std::uint32_t>(text_.size()));
    return {line, characters_before(end) - characters_before(line_begin(line)) + 1};
}

std::uint32_t SourceFile::characters_before(std::uint32_t offset) const {
    if (block_characters_.empty()) return 0;
    const std::size_t block = std::min<std::size_t>(offset / block_bytes, block_characters_.size() - 1);
    const std::size_t begin = block * block_bytes;
    return block_characters_[block] + characters_in(std::string_view(text_).substr(begin, offset - begin));
}

SourceFile::SourceFile(FileId id, const SourceFile& other) : SourceFile(other) { id_ = id; }

const SourceFile& SourceSet::add(const SourceFile& file) {
    const FileId id{static_cast<std::uint32_t>(files_.size())};
    files_.push_back(std::make_unique<SourceFile>(id, file));
    return *files_.back();
}

const SourceFile& SourceSet::add(std::string path, std::string text) {
    const FileId id{static_cast<std::uint32_t>(files_.size())};
    files_.push_back(std::make_unique<SourceFile>(id, std::move(path), std::move(text)));
    return *files_.back();
}

}  // namespace vsm
