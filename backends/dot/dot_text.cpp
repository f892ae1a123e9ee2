#include "backends/dot/dot_text.h"

#include <algorithm>

#include "base/text.h"

namespace vsm::backends::dot {
namespace {

std::string escaped(std::string_view line) {
    std::string spaced(line);
    std::replace_if(spaced.begin(), spaced.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    std::string text;
    for (const char c : printable(spaced)) {
        if (c == '&') {
            text += "&amp;";
        } else {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
    }
    return text;
}

}  // namespace

SinkText<DotSink> DotSink::label(std::span<const std::string> lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\\n") + escaped(line);
    return SinkText<DotSink>(std::move(text));
}

}  // namespace vsm::backends::dot
