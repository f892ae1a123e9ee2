// Escapes text for GitLab pipelines and for the shell's printf. Does not depend on maps.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/support/sink.h"

namespace vsm::backends::gitlab {

/// A required value of a pipeline variable.
struct VariableIs {
    std::string variable;
    std::string word;
};

/// A text to print, the seconds it takes, and its conditions.
struct Line {
    double seconds = 0;
    std::vector<VariableIs> conditions;
    std::string text;
};

/// A metric, exported as `vsm_` plus its name.
struct Measured {
    std::string name;
    double value = 0;
};

/// GitLab and its runners expand `$NAME`, `${NAME}` and `%NAME%` anywhere in a name or in the value of another
/// variable. Variable names and words consist of ASCII letters, digits, `-` and `_`.
struct GitlabSink {
    /// A job or stage name: a space keeps `$` and `%` from starting a variable.
    static SinkText<GitlabSink> name(std::string_view text);
    /// A word or variable name.
    static SinkText<GitlabSink> word(std::string_view text);
    /// Our own words and names of the map. Must not contain `$<>[]`, `` ` ``, `*` or line feeds.
    static SinkText<GitlabSink> description(std::string_view text);
    static SinkText<GitlabSink> number(std::size_t number, std::string_view unit);
    /// The value of PLAYS (scripts.h): per line seconds, conditions and text. Encoded for the script's printf: a
    /// backslash is `\\`; `$`, and a `%` that may start a variable, are octal escapes, so that nothing is expanded.
    static SinkText<GitlabSink> plays(std::span<const Line> lines);
    /// The value of METRICS: OpenMetrics text, a gauge per metric, labelled with the stream's name (ASCII letters,
    /// digits, `-` and `_`).
    static SinkText<GitlabSink> metrics(const std::string& stream, const std::vector<Measured>& figures);
    /// `$CHOOSE_ROUTE == "normal" && …`
    static SinkText<GitlabSink> condition(const std::vector<VariableIs>& conditions);
    /// `$CHOOSE_ROUTE !~ /^(normal|standard)$/`
    static SinkText<GitlabSink> none_of(const std::string& variable, const std::vector<std::string>& words);
};
using GitlabText = SinkText<GitlabSink>;

}  // namespace vsm::backends::gitlab
