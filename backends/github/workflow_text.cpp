#include "backends/github/workflow_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace vsm::backends::github {
namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

std::string visible_line(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return replaced(printable(line), "##[", "## [");
}

/// Applies `printable` to each line.
std::string visible_lines(std::string_view text) {
    std::string lines;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines += printable(text.substr(at, end - at));
        if (end < text.size()) lines += '\n';
        at = end + 1;
    }
    return lines;
}

std::string as_literal(std::string text) { return replaced(std::move(text), "${{", "${{ '${{' }}"); }

bool is_word(std::string_view text, std::string_view also = "-_") {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               also.find(c) != std::string_view::npos;
    });
}

/// Any non-empty string is truthy to GitHub, even `0`, so `||` applies only if the input is missing or empty.
std::string value_of(const std::string& input, const std::string& otherwise) {
    VSM_CHECK(is_word(input) && (otherwise.empty() || is_word(otherwise, "-_.")));
    return otherwise.empty() ? "inputs." + input : fmt::format("inputs.{} || '{}'", input, otherwise);
}

}  // namespace

SinkText<WorkflowSink> WorkflowSink::line(std::string_view text) {
    return SinkText<WorkflowSink>(as_literal(visible_line(text)));
}

SinkText<WorkflowSink> WorkflowSink::lines(std::string_view text) {
    return SinkText<WorkflowSink>(as_literal(visible_lines(text)));
}

SinkText<WorkflowSink> WorkflowSink::unevaluated_line(std::string_view text) {
    return SinkText<WorkflowSink>(replaced(visible_line(text), "${{", "$ {{"));
}

SinkText<WorkflowSink> WorkflowSink::condition(const std::vector<InputIs>& inputs, bool after_skipped) {
    std::string expression;
    for (const InputIs& one : inputs) {
        VSM_CHECK(is_word(one.word));
        if (!expression.empty()) expression += " && ";
        const std::string value = value_of(one.input, one.otherwise);
        expression += one.otherwise.empty() ? value : fmt::format("({})", value);
        expression += fmt::format(" == '{}'", one.word);
    }
    if (after_skipped)
        expression += expression.empty() ? "!failure() && !cancelled()" : " && !failure() && !cancelled()";
    return SinkText<WorkflowSink>(std::move(expression));
}

SinkText<WorkflowSink> WorkflowSink::input(const std::string& name, const std::string& otherwise) {
    return SinkText<WorkflowSink>(fmt::format("${{{{ {} }}}}", value_of(name, otherwise)));
}

}  // namespace vsm::backends::github
