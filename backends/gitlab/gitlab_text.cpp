#include "backends/gitlab/gitlab_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "base/units.h"

namespace vsm::backends::gitlab {
namespace {

bool begins_name(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }
bool continues_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

bool is_identifier(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return continues_name(c) || c == '-'; });
}

std::string visible_line(std::string_view text) {
    std::string line(text);
    std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return printable(line);
}

/// Whether `%` starts a variable for Windows and GitLab: `%NAME%`, or `%%`, which stands for one `%`.
bool begins_percent_variable(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && continues_name(text[end])) ++end;
    return end < text.size() && text[end] == '%' && (end == at + 1 || begins_name(text[at + 1]));
}

std::string decodable(std::string_view text) {
    std::string code;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\') {
            code += "\\\\";
        } else if (text[at] == '$') {
            code += "\\0044";
        } else if (text[at] == '%' && begins_percent_variable(text, at)) {
            code += "\\0045";
        } else {
            code += text[at];
        }
    }
    return code;
}

/// Seconds with at most three decimals.
std::string seconds_text(double seconds) {
    std::string text = fmt::format("{:.3f}", seconds);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string conditions_text(const std::vector<VariableIs>& conditions) {
    std::string text;
    for (const VariableIs& condition : conditions) {
        VSM_CHECK(is_identifier(condition.variable) && is_identifier(condition.word));
        text += fmt::format("{}{}={}", text.empty() ? "" : ",", condition.variable, condition.word);
    }
    return text.empty() ? "-" : text;
}

}  // namespace

SinkText<GitlabSink> GitlabSink::name(std::string_view text) {
    const std::string line = visible_line(text);
    std::string name;
    for (std::size_t at = 0; at < line.size(); ++at) {
        name += line[at];
        const char next = at + 1 < line.size() ? line[at + 1] : ' ';
        if (line[at] == '$' && (begins_name(next) || next == '{')) name += ' ';
        if (line[at] == '%' && begins_name(next) && begins_percent_variable(line, at)) name += ' ';
    }
    return SinkText<GitlabSink>(std::move(name));
}

SinkText<GitlabSink> GitlabSink::word(std::string_view text) {
    VSM_CHECK(is_identifier(text));
    return SinkText<GitlabSink>(std::string(text));
}

SinkText<GitlabSink> GitlabSink::description(std::string_view text) {
    VSM_CHECK(text.find_first_of("$<>[]`*\n") == std::string_view::npos);
    return SinkText<GitlabSink>(std::string(text));
}

SinkText<GitlabSink> GitlabSink::number(std::size_t number, std::string_view unit) {
    VSM_CHECK(is_identifier(unit));
    return SinkText<GitlabSink>(fmt::format("{} {}", number, unit));
}

SinkText<GitlabSink> GitlabSink::plays(std::span<const Line> lines) {
    std::string text;
    for (const Line& line : lines) {
        text += fmt::format("{} {} {}", seconds_text(line.seconds), conditions_text(line.conditions),
                            decodable(visible_line(line.text)));
        text += '\n';
    }
    return SinkText<GitlabSink>(std::move(text));
}

SinkText<GitlabSink> GitlabSink::metrics(const std::string& stream, const std::vector<Measured>& figures) {
    VSM_CHECK(is_identifier(stream));
    std::string text;
    for (const Measured& figure : figures) {
        VSM_CHECK(is_identifier(figure.name));
        text += fmt::format("# TYPE vsm_{0} gauge\nvsm_{0}{{stream=\"{1}\"}} {2}\n", figure.name, stream,
                            format_number(figure.value));
    }
    return SinkText<GitlabSink>(text + "# EOF\n");
}

SinkText<GitlabSink> GitlabSink::condition(const std::vector<VariableIs>& conditions) {
    std::string expression;
    for (const VariableIs& condition : conditions) {
        VSM_CHECK(is_identifier(condition.variable) && is_identifier(condition.word));
        expression +=
            fmt::format("{}${} == \"{}\"", expression.empty() ? "" : " && ", condition.variable, condition.word);
    }
    return SinkText<GitlabSink>(std::move(expression));
}

SinkText<GitlabSink> GitlabSink::none_of(const std::string& variable, const std::vector<std::string>& words) {
    VSM_CHECK(is_identifier(variable) && std::all_of(words.begin(), words.end(), is_identifier));
    return SinkText<GitlabSink>(fmt::format("${} !~ /^({})$/", variable, fmt::join(words, "|")));
}

}  // namespace vsm::backends::gitlab
