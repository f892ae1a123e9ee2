// Escapes text of the map for the Markdown of a run's summary. Does not depend on maps.
#pragma once

#include <string>
#include <string_view>

#include "backends/support/sink.h"

namespace vsm::backends::mock {

/// Text for a table cell or a line of Markdown: inert, without markup, links, mentions or cell separators.
struct MarkdownSink {
    static SinkText<MarkdownSink> cell(std::string_view text);
};
using MarkdownText = SinkText<MarkdownSink>;

/// Builds Markdown text from escaped parts only.
class Markdown {
public:
    Markdown& add(const MarkdownText& text) {
        text_ += text.str();
        return *this;
    }
    /// A fenced block that nothing in `content` can end.
    Markdown& add_fenced(std::string_view language, std::string_view content);
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

}  // namespace vsm::backends::mock
