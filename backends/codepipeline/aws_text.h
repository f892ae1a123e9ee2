// Text that may stand anywhere in a CloudFormation template of ours and in what CodePipeline makes of it.
#pragma once

#include <string>
#include <string_view>

#include "backends/support/sink.h"

namespace vsm::backends::codepipeline {

/// In AWS `${…}`, `#{…}` and `{{resolve:…}}` are live wherever they stand: they get a space after their first character. What nobody can
/// see is written out (`\u{1B}`), line ends are blanks.
struct AwsSink {
    static SinkText<AwsSink> escape(std::string_view text);
};
using AwsText = SinkText<AwsSink>;

inline AwsText aws_text(std::string_view text) { return AwsSink::escape(text); }

}  // namespace vsm::backends::codepipeline
