// Recognizes documents of other kinds by how they begin, so that one message replaces all their errors.
#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {
namespace {

constexpr std::string_view start_here =
    "a map begins with `stream checkout \"Checkout\" {`, has a line for each step, such as `step review \"Review\" { "
    "process: 45min, lead: 1d, ca: 85% }`, and ends with `}`; "
    "`vsm init` writes one to start from";
constexpr std::string_view rows_to_steps =
    "write each row as a step, such as `step review \"Review\" { process: 45min, lead: 1d, ca: 85% }`, "
    "between `stream checkout \"Checkout\" {` and `}`; `vsm init` writes "
    "a map to start from";

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view line_at(std::string_view text, std::size_t begin) {
    return text.substr(begin, std::min(text.find_first_of("\r\n", begin), text.size()) - begin);
}

/// The position of the first character that is neither blank nor in a comment.
std::size_t beginning_of(std::string_view text) {
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text.size()) {
        if (text[at] == '#') {
            at = std::min(text.find_first_of("\r\n", at), text.size());
        } else if (is_blank(text[at]) || text[at] == '\n' || text[at] == '\r') {
            ++at;
        } else {
            break;
        }
    }
    return at;
}

std::string_view word_at(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && is_letter(text[end])) ++end;
    return text.substr(begin, end - begin);
}

/// `stream checkout`, `import "…"`, `allow missing-ca "…"`.
bool begins_statement_here(std::string_view text, std::size_t begin) {
    const std::string_view word = word_at(text, begin);
    const auto keyword = keyword_kind(word);
    std::size_t next = begin + word.size();
    while (next < text.size() && is_blank(text[next])) ++next;
    return keyword && begins_statement(*keyword) && next > begin + word.size() && next < text.size() &&
           (is_letter(text[next]) || text[next] == '"' || text[next] == '{');
}

/// Whether any line begins like a line of a map.
bool holds_statements(std::string_view text) {
    constexpr std::size_t most_lines = 200;
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size() && lines < most_lines; ++lines) {
        const std::string_view line = line_at(text, at);
        const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
        if (begins_statement_here(line, indent) && line.find_first_of("{\"", indent) != std::string_view::npos)
            return true;
        at = std::min(text.find('\n', at), text.size() - 1) + 1;
    }
    return false;
}

struct Sign {
    std::string_view beginning;
    std::string_view looks_like;
};

constexpr auto signs = std::to_array<Sign>({
    {"flowchart", "a Mermaid diagram"},
    {"graph TD", "a Mermaid diagram"},
    {"graph LR", "a Mermaid diagram"},
    {"graph TB", "a Mermaid diagram"},
    {"graph BT", "a Mermaid diagram"},
    {"graph RL", "a Mermaid diagram"},
    {"sequenceDiagram", "a Mermaid diagram"},
    {"stateDiagram", "a Mermaid diagram"},
    {"classDiagram", "a Mermaid diagram"},
    {"erDiagram", "a Mermaid diagram"},
    {"gantt", "a Mermaid diagram"},
    {"journey", "a Mermaid diagram"},
    {"timeline", "a Mermaid diagram"},
    {"mindmap", "a Mermaid diagram"},
    {"gitGraph", "a Mermaid diagram"},
    {"pie", "a Mermaid diagram"},
    {"block-beta", "a Mermaid diagram"},
    {"%%", "a Mermaid diagram"},
    {"digraph", "a Graphviz (DOT) diagram"},
    {"strict digraph", "a Graphviz (DOT) diagram"},
    {"strict graph", "a Graphviz (DOT) diagram"},
    {"graph {", "a Graphviz (DOT) diagram"},
    {"graph ", "a Graphviz (DOT) diagram"},
    {"@start", "a PlantUML diagram"},
    {"<", "XML or HTML"},
    {"---", "YAML"},
    {"{", "JSON"},
    {"|", "a Markdown table"},
});

/// Whether the text begins like the output of `git diff` or `diff -u`. No map does, even if a line of it is one's.
bool is_diff(std::string_view first) {
    constexpr auto beginnings =
        std::to_array<std::string_view>({"diff --git ", "--- a/", "--- /dev/null", "+++ b/", "+++ /dev/null", "@@ -"});
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view beginning) { return first.starts_with(beginning); });
}

/// The kind of table, if one character (tab, semicolon, comma or bar) splits the lines into cells.
std::string_view table_of(std::string_view text, std::size_t begin) {
    constexpr auto marks =
        std::to_array<std::pair<char, std::string_view>>({{'\t', "a table with tabs (from a spreadsheet)"},
                                                          {';', "a table with semicolons (CSV)"},
                                                          {',', "a table with commas (CSV)"},
                                                          {'|', "a Markdown table"}});
    const std::string_view first = line_at(text, begin);
    if (first.find_first_of("{}:") != std::string_view::npos) return {};
    const std::size_t next = text.find_first_not_of("\r\n", begin + first.size());
    const std::string_view second = next == std::string_view::npos ? std::string_view() : line_at(text, next);
    for (const auto& [mark, name] : marks) {
        const auto cells = std::count(first.begin(), first.end(), mark);
        if (cells >= 2 || (cells == 1 && !second.empty() && std::count(second.begin(), second.end(), mark) == 1))
            return name;
    }
    return {};
}

/// `step	process	lead` and rows below it: a spreadsheet, although it begins like a statement.
bool is_table_of_statements(std::string_view text, std::size_t begin) {
    const std::string_view first = line_at(text, begin);
    if (first.find('\t') == std::string_view::npos || first.find_first_of("{}:\"") != std::string_view::npos)
        return false;
    const std::size_t next = text.find_first_not_of("\r\n", begin + first.size());
    if (next == std::string_view::npos) return false;
    const std::string_view second = line_at(text, next);
    return second.find('\t', std::min(second.find_first_not_of("\t"), second.size())) != std::string_view::npos &&
           second.find_first_of("{}:\"") == std::string_view::npos && !begins_statement_here(text, next) &&
           !holds_statements(text);
}

bool is_key_line(std::string_view line) {
    std::size_t at = 0;
    const bool quoted = !line.empty() && line[0] == '"';
    while (at < line.size() && line[at] != ':') ++at;
    const bool ends = at + 1 == line.size() || (at + 1 < line.size() && line[at + 1] == ' ');
    return at > 0 && at < line.size() && ends && (quoted || is_letter(line[0])) &&
           line.substr(0, at).find_first_of("{}\"") == (quoted ? 0 : std::string_view::npos);
}

/// `stream: checkout` and similar lines, or `- name: review`.
bool is_yaml(std::string_view text, std::size_t begin) {
    std::size_t keys = 0, dashes = 0, lines = 0;
    for (std::size_t at = begin; at < text.size() && lines < 20; ++lines) {
        const std::string_view line = line_at(text, at);
        const std::string_view said = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
        if (said.starts_with("- ")) ++dashes;
        if (is_key_line(said.starts_with("- ") ? said.substr(2) : said)) ++keys;
        at = std::min(text.find('\n', at), text.size() - 1) + 1;
    }
    return keys >= 2 || (keys >= 1 && dashes >= 1);
}

/// `[stream]` alone on its line, or `name = "checkout"`.
bool is_toml(std::string_view first) {
    if (first.starts_with('['))
        return first.size() > 2 && first.back() == ']' && std::all_of(first.begin() + 1, first.end() - 1, [](char c) {
                   return is_letter(c) || c == '.' || c == '[' || c == ']';
               });
    const std::size_t equals = first.find(" = ");
    return equals != std::string_view::npos && equals > 0 && word_at(first, 0).size() == equals;
}

/// Whether the first word is close to a keyword or the second one begins a statement, or the text has only one line.
bool may_be_a_map(std::string_view text, std::size_t begin) {
    const std::string_view word = word_at(text, begin);
    if (word.empty() || nearest(word, statement_keywords(), word.size() < 6 ? 1 : 2)) return true;
    std::size_t second = begin + word.size();
    while (second < text.size() && is_blank(text[second])) ++second;
    if (begins_statement_here(text, second)) return true;
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return text.substr(begin, end - begin).find('\n') == std::string_view::npos;
}

}  // namespace

std::optional<ForeignDocument> foreign_document(const SourceFile& source) {
    const std::string_view text = source.text();
    const std::size_t begin = beginning_of(text);
    if (begin >= text.size()) return std::nullopt;
    if (begins_statement_here(text, begin) && !is_table_of_statements(text, begin)) return std::nullopt;
    const std::string_view first = line_at(text, begin);
    const auto found = [&](std::string_view looks_like, std::string_view help) {
        return ForeignDocument{
            looks_like,
            help,
            {source.id(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + first.size())}};
    };
    if (first.starts_with("```") || first.starts_with("~~~")) {
        if (holds_statements(text))
            return found("a code block of Markdown", "remove the lines that begin with ``` or ~~~");
        return found("Markdown", start_here);
    }
    if (is_diff(first)) return found("a diff", "give the map itself; `vsm diff` compares two versions of a map");
    if (holds_statements(text)) return std::nullopt;
    if (first.starts_with("version https://git-lfs.github.com/"))
        return found("a Git LFS pointer",
                     "get the map itself with `git lfs pull`; a map is small enough for git alone");
    for (const Sign& sign : signs) {
        if (!first.starts_with(sign.beginning)) continue;
        if (is_letter(sign.beginning.back()) && first.size() > sign.beginning.size() &&
            is_letter(first[sign.beginning.size()]) && sign.beginning != "stateDiagram" && sign.beginning != "@start")
            continue;
        return found(sign.looks_like, first.starts_with("|") ? rows_to_steps : start_here);
    }
    if (const std::string_view table = table_of(text, begin); !table.empty()) return found(table, rows_to_steps);
    if (is_toml(first)) return found("TOML", start_here);
    if (first.starts_with("[")) return found("JSON", start_here);
    if (is_yaml(text, begin)) return found("YAML", start_here);
    if (first.starts_with("- ") || first.starts_with("* ") || first.starts_with("1.") || first.starts_with("1)"))
        return found("a list", start_here);
    if (!may_be_a_map(text, begin))
        return found(text.find('{') == std::string_view::npos ? "text" : "a file of another language", start_here);
    return std::nullopt;
}

}  // namespace vsm::parse
