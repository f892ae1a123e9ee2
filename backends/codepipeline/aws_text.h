// Text that may stand anywhere in a CloudFormation template of ours and in what CodePipeline makes of it.
#pragma once

#include <string>
#include <string_view>

#include "backends/support/document.h"
#include "backends/support/sink.h"

namespace vsm::backends::codepipeline {

/// In AWS `${…}`, `#{…}` and `{{resolve:…}}` are live wherever they stand: they get a space after their first character. What nobody can
/// see is written out (`\u{1B}`), line ends are blanks.
struct AwsSink {
    static SinkText<AwsSink> escape(std::string_view text);

    /// A document as a text, for an action that reads JSON. Quotes stand between any two of its texts, so none becomes live by the other.
    static SinkText<AwsSink> json_line(const MapOf<SinkText<AwsSink>>& document);

    /// What a variable of the pipeline says when it runs. `name`: letters, digits, `_` and `-` only.
    static SinkText<AwsSink> variable(std::string_view name);
};
using AwsText = SinkText<AwsSink>;
using AwsMap = MapOf<AwsText>;
using AwsList = ListOf<AwsText>;

inline AwsText aws_text(std::string_view text) { return AwsSink::escape(text); }

}  // namespace vsm::backends::codepipeline
