#include "cli/outputs/inject.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/writers/markdown.h"

namespace vsm::cli {
namespace {

constexpr std::string_view end_marker = "<!-- vsm:end -->";

constexpr std::string_view begin_of_any = "<!-- vsm:begin ";

std::string begin_marker(std::string_view name) { return fmt::format("<!-- vsm:begin {} -->", name); }

std::string_view trimmed(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t");
    const std::size_t last = line.find_last_not_of(" \t\r\n");
    return first == std::string_view::npos || last == std::string_view::npos ? std::string_view()
                                                                             : line.substr(first, last - first + 1);
}

/// The number of backticks or tildes if a line of Markdown may open or close a code block; else 0.
std::size_t fence_length(std::string_view line) {
    if (line.empty() || (line.front() != '`' && line.front() != '~')) return 0;
    const std::size_t length = std::min(line.find_first_not_of(line.front()), line.size());
    // an info string after backticks contains no backtick: that would be inline code
    const bool code_in_line = line.front() == '`' && line.find('`', length) != std::string_view::npos;
    return length < 3 || code_in_line ? 0 : length;
}

/// Tracks code blocks line by line.
class Fences {
public:
    /// Whether the next line is outside all code blocks. Fence lines are not.
    bool outside(std::string_view line) {
        const std::size_t length = fence_length(line);
        if (open_ == 0) {
            open_ = length;
            kind_ = length == 0 ? ' ' : line.front();
            return length == 0;
        }
        if (length >= open_ && length == line.size() && line.front() == kind_) open_ = 0;
        return false;
    }

private:
    std::size_t open_ = 0;
    char kind_ = ' ';
};

/// The language of the code block, from the output's last suffix.
std::string_view language_of(std::string_view name) {
    const std::string_view suffix = name.substr(std::min(name.rfind('.'), name.size() - 1) + 1);
    if (suffix == "mmd") return "mermaid";
    if (suffix == "yml") return "yaml";
    return suffix;
}

/// The output in a code block; Markdown is unchanged.
std::string placed(const Injection& injection, std::string_view line_end) {
    const std::string content = injection.name.ends_with(".md")
                                    ? std::string(injection.content)
                                    : markdown_block(language_of(injection.name), injection.content);
    if (line_end == "\n") return content;
    std::string text;
    for (const char c : content) text += c == '\n' ? line_end : std::string_view(&c, 1);
    return text;
}

}  // namespace

Result<std::string> inject(std::string_view text, std::span<const Injection> injections) {
    std::string made;
    std::set<std::string_view> found;
    const Injection* within = nullptr;
    Fences fences;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
        const std::string_view line = text.substr(at, next - at);
        at = next;
        const bool counts = fences.outside(trimmed(line));
        if (counts && trimmed(line) == end_marker) within = nullptr;
        if (counts && within != nullptr && trimmed(line).starts_with(begin_of_any))
            return Failure{fmt::format("`{}` has no `{}` before the next `{}…`", begin_marker(within->name), end_marker,
                                       begin_of_any)};
        if (within == nullptr) made += line;
        if (!counts || within != nullptr) continue;
        const auto begun = std::find_if(injections.begin(), injections.end(),
                                        [&](const Injection& one) { return trimmed(line) == begin_marker(one.name); });
        if (begun == injections.end()) continue;
        within = &*begun;
        found.insert(begun->name);
        made += placed(*begun, line.ends_with("\r\n") ? "\r\n" : "\n");
    }
    if (within != nullptr)
        return Failure{fmt::format("`{}` has no `{}` after it", begin_marker(within->name), end_marker)};
    for (const Injection& one : injections)
        if (!found.contains(one.name))
            return Failure{fmt::format("there is no place for {}: write the lines `{}` and `{}`", one.name,
                                       begin_marker(one.name), end_marker)};
    return made;
}

}  // namespace vsm::cli
