// Text that may stand in a GitLab pipeline. Knows what GitLab and a shell's printf make of a text, nothing of maps.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/support/sink.h"

namespace vsm::backends::gitlab {

/// A variable of the pipeline and the word it must be.
struct Condition {
    std::string variable;
    std::string word;
    bool operator==(const Condition&) const = default;
};

/// Something to say, the seconds it takes, and under which conditions.
struct Line {
    double seconds = 0;
    std::vector<Condition> conditions;
    std::string text;
};

/// A figure under the name that follows `vsm_`.
struct Measured {
    std::string name;
    double value = 0;
};

/// GitLab and its runners put the values of variables in place of `$NAME`, `${NAME}` and `%NAME%`, wherever these stand in a name or in the
/// value of another variable. Names of variables and words are letters, digits, `-` and `_`.
struct GitlabSink {
    /// A name of a job or a stage: in front of what would be a variable's name stands a blank.
    static SinkText<GitlabSink> name(std::string_view text);
    /// A word or a name of a variable.
    static SinkText<GitlabSink> word(std::string_view text);
    /// Words of our own and names of maps.
    static SinkText<GitlabSink> description(std::string_view text);
    static SinkText<GitlabSink> number(std::size_t number, std::string_view unit);
    /// The value of PLAYS (scripts.h), a line each: seconds, conditions, text. As the script decodes it: a backslash is `\\`, and `$`, or
    /// the `%` of what would be a variable, its number, so that there is nothing to put a value in for.
    static SinkText<GitlabSink> plays(std::span<const Line> lines);
    /// The value of METRICS: OpenMetrics text, a gauge a figure, with the stream's name (letters, digits, `-` and `_`) as its label.
    static SinkText<GitlabSink> metrics(const std::string& stream, const std::vector<Measured>& figures);
    /// `$CHOOSE_ROUTE == "normal" && …`.
    static SinkText<GitlabSink> condition(const std::vector<Condition>& conditions);
    /// `$CHOOSE_ROUTE !~ /^(normal|standard)$/`.
    static SinkText<GitlabSink> none_of(const std::string& variable, const std::vector<std::string>& words);
};
using GitlabText = SinkText<GitlabSink>;

}  // namespace vsm::backends::gitlab
