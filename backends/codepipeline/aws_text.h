// Escapes text for any place in our CloudFormation templates and for CodePipeline's evaluation of it.
#pragma once

#include <string>
#include <string_view>

#include "backends/support/document.h"
#include "backends/support/sink.h"

namespace vsm::backends::codepipeline {

/// AWS evaluates `${…}`, `#{…}` and `{{resolve:…}}` at any position: they get a space after their first character.
/// Invisible characters are written out (`\u{1B}`), line feeds become spaces.
struct AwsSink {
    static SinkText<AwsSink> escape(std::string_view text);

    /// A JSON document as text, for an action that reads JSON. Quotes separate its texts, so no two can form a
    /// reference together.
    static SinkText<AwsSink> json_line(const MapOf<SinkText<AwsSink>>& document);

    /// A reference to a pipeline variable, resolved at run time. `name` consists of ASCII letters, digits, `_` and `-`.
    static SinkText<AwsSink> variable(std::string_view name);
};
using AwsText = SinkText<AwsSink>;
using AwsMap = MapOf<AwsText>;
using AwsList = ListOf<AwsText>;

inline AwsText aws_text(std::string_view text) { return AwsSink::escape(text); }

}  // namespace vsm::backends::codepipeline
