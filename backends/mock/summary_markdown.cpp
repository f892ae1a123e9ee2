#include "backends/mock/summary_markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/writers/markdown.h"

namespace vsm::backends::mock {
namespace {

bool is_www(std::string_view rest) { return lower_case(rest.substr(0, 4)) == "www."; }

}  // namespace

SinkText<MarkdownSink> MarkdownSink::cell(std::string_view text) {
    std::string plain(text);
    std::replace(plain.begin(), plain.end(), '\n', ' ');
    std::string fit;
    const std::string line = printable(plain);
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        const std::string_view rest = std::string_view(line).substr(at);
        if (rest.starts_with("://") || is_www(rest)) {
            // GitHub links bare addresses automatically
            fit += fmt::format("&#{};", static_cast<int>(c));
        } else if (c == '<') {
            fit += "&lt;";
        } else if (c == '&') {
            fit += "&amp;";
        } else if (c == '@') {
            fit += "&#64;";
        } else {
            // a runner reads `##[` as the start of a command wherever it is shown raw
            if (c == '[' && std::string_view(line).substr(0, at).ends_with("##")) fit += ' ';
            if (std::string_view("\\`*_{[]#|~$").find(c) != std::string_view::npos) fit += '\\';
            fit += c;
        }
    }
    return SinkText<MarkdownSink>(std::move(fit));
}

Markdown& Markdown::add_fenced(std::string_view language, std::string_view content) {
    text_ += markdown_block(language, content);
    return *this;
}

}  // namespace vsm::backends::mock
