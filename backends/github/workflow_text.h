// Escapes text for GitHub workflows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backends/support/document.h"
#include "backends/support/sink.h"

namespace vsm::backends::github {

/// A comparison of an input with a word. With `otherwise`, a missing input counts as that word, since some events pass
/// no inputs. All three consist of ASCII letters, digits, `-` and `_`, `otherwise` also of `.`.
struct InputIs {
    std::string input;
    std::string word;
    std::string otherwise;
};

/// GitHub evaluates `${{ … }}` in nearly every string: in user text, `${{` becomes an expression that evaluates to
/// these three characters. `##[` makes a log line a command at any position: it gets a space. Invisible characters are
/// written out.
struct WorkflowSink {
    /// One line: line feeds become spaces.
    static SinkText<WorkflowSink> line(std::string_view text);
    /// Keeps line feeds and tabs. For environment variables that are never printed to the log.
    static SinkText<WorkflowSink> lines(std::string_view text);
    /// For the few places without evaluation (the workflow's name): `$ {{`.
    static SinkText<WorkflowSink> unevaluated_line(std::string_view text);
    /// `inputs.NAME == 'OPTION' && …`, and `!failure() && !cancelled()` if a job before may be skipped.
    static SinkText<WorkflowSink> condition(const std::vector<InputIs>& inputs, bool after_skipped);
    /// The value of an input: `${{ inputs.NAME }}`, or `${{ inputs.NAME || 'otherwise' }}`. `otherwise` consists of
    /// ASCII letters, digits, `-`, `_` and `.`.
    static SinkText<WorkflowSink> input(const std::string& name, const std::string& otherwise);
};
using WorkflowText = SinkText<WorkflowSink>;
using WorkflowMap = MapOf<WorkflowText>;
using WorkflowList = ListOf<WorkflowText>;

}  // namespace vsm::backends::github
