#include "cli/workers/findings_codec.h"

#include <cstring>

namespace vsm::cli {
namespace {

class Writer {
public:
    explicit Writer(const SourceSet& sources) : sources_(sources) {}

    void number(std::size_t value) {
        const std::uint64_t wide = value;
        bytes_.append(reinterpret_cast<const char*>(&wide), sizeof wide);
    }
    void text(std::string_view value) {
        number(value.size());
        bytes_ += value;
    }
    /// The first range in a file is followed by the file's path and text.
    void range(SourceRange range) {
        number(range.valid() ? 1 : 0);
        if (!range.valid()) return;
        const auto [known, added] = files_.try_emplace(range.file, files_.size());
        number(known->second);
        number(range.begin);
        number(range.end);
        if (!added) return;
        text(sources_[range.file].path());
        text(sources_[range.file].text());
    }
    std::string take() { return std::move(bytes_); }

private:
    const SourceSet& sources_;
    std::map<FileId, std::size_t> files_;
    std::string bytes_;
};

template <class File>
class Parser {
public:
    Parser(std::string_view bytes, File file) : bytes_(bytes), file_(file) {}

    std::size_t number() {
        std::uint64_t wide = 0;
        std::memcpy(&wide, take(sizeof wide).data(), sizeof wide);
        return wide;
    }
    std::string text() { return std::string(take(number())); }
    SourceRange range() {
        if (number() == 0) return {};
        const std::size_t index = number();
        const auto begin = static_cast<std::uint32_t>(number()), end = static_cast<std::uint32_t>(number());
        if (index == files_.size()) {
            std::string path = text();
            files_.push_back(file_(std::move(path), text()));
        }
        return {files_.at(index), begin, end};
    }

private:
    std::string_view take(std::size_t size) {
        VSM_CHECK(size <= bytes_.size());
        const std::string_view taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }

    std::string_view bytes_;
    File file_;
    std::vector<FileId> files_;
};

}  // namespace

std::string encode(const MapReport& report, const SourceSet& sources) {
    Writer writer(sources);
    writer.text(report.failure);
    writer.text(report.path);
    writer.number(report.allowed);
    writer.number(report.diagnostics.size());
    for (const Diagnostic& one : report.diagnostics) {
        writer.number(static_cast<std::size_t>(one.code));
        writer.number(static_cast<std::size_t>(one.severity));
        writer.range(one.range);
        writer.text(one.message);
        writer.number(one.labels.size());
        for (const Label& label : one.labels) {
            writer.range(label.range);
            writer.text(label.text);
        }
        writer.text(one.help);
        writer.number(one.fix ? 1 : 0);
        if (!one.fix) continue;
        writer.range(one.fix->range);
        writer.text(one.fix->replacement);
    }
    return writer.take();
}

MapReport Reports::decode(std::string_view bytes) {
    Parser parser(bytes, [this](std::string path, std::string text) { return file(std::move(path), std::move(text)); });
    MapReport report;
    report.failure = parser.text();
    report.path = parser.text();
    report.allowed = parser.number();
    report.diagnostics.resize(parser.number());
    for (Diagnostic& one : report.diagnostics) {
        one.code = static_cast<Code>(parser.number());
        one.severity = static_cast<Severity>(parser.number());
        one.range = parser.range();
        one.message = parser.text();
        one.labels.resize(parser.number());
        for (Label& label : one.labels) {
            label.range = parser.range();
            label.text = parser.text();
        }
        one.help = parser.text();
        if (parser.number() == 0) continue;
        one.fix.emplace();
        one.fix->range = parser.range();
        one.fix->replacement = parser.text();
    }
    return report;
}

/// Reuses a file that another process read, unless it changed in between.
FileId Reports::file(std::string path, std::string text) {
    const auto [first, last] = files_.equal_range(path);
    for (auto known = first; known != last; ++known)
        if (into_[known->second].text() == text) return known->second;
    const FileId added = into_.add(path, std::move(text)).id();
    files_.emplace(std::move(path), added);
    return added;
}

}  // namespace vsm::cli
