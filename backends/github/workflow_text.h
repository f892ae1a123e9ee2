// Text that may stand in a GitHub workflow, and text for the Markdown of a run's summary.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backends/support/document.h"
#include "backends/support/sink.h"

namespace vsm::backends::github {

/// That an input is a word. With `otherwise`, the input may be missing, and is that word then: not all that starts a workflow has inputs.
/// All three are ASCII letters, digits, `-` and `_`.
struct InputIs {
    std::string input;
    std::string word;
    std::string otherwise;
};

/// GitHub evaluates `${{ … }}` in nearly every string: in someone's text it becomes an expression that gives just these three
/// characters. `##[` makes a line of the log a command wherever it stands: it gets a blank. What nobody can see is written out.
struct WorkflowSink {
    /// One line: line ends are blanks.
    static SinkText<WorkflowSink> line(std::string_view text);
    /// Line ends and tabs stay. For environment variables that are never printed to the log.
    static SinkText<WorkflowSink> lines(std::string_view text);
    /// For the few places where nothing is evaluated (the workflow's own name): `$ {{`.
    static SinkText<WorkflowSink> unevaluated_line(std::string_view text);
    /// `inputs.NAME == 'OPTION' && …`, and `!failure() && !cancelled()` where some job before may have been skipped.
    static SinkText<WorkflowSink> condition(const std::vector<InputIs>& inputs, bool after_skipped);
    /// `${{ inputs.NAME }}`, or `${{ inputs.NAME || 'otherwise' }}`: the value of an input. `otherwise` is ASCII letters, digits, `-`, `_` and `.`.
    static SinkText<WorkflowSink> input(const std::string& name, const std::string& otherwise);
};
using WorkflowText = SinkText<WorkflowSink>;
using WorkflowMap = MapOf<WorkflowText>;
using WorkflowList = ListOf<WorkflowText>;

/// Text as a cell or a line of Markdown shows it: no markup, link, mention or cell of its own.
struct MarkdownSink {
    static SinkText<MarkdownSink> cell(std::string_view text);
};
using MarkdownText = SinkText<MarkdownSink>;

/// Where the text of a Markdown file is put together: only what is fit for it gets in.
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

}  // namespace vsm::backends::github
