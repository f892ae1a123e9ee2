#include "compiler/parse/tokens/texts.h"

#include <algorithm>

#include "diag/parse.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {
namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::uint32_t line_end(std::string_view text, std::uint32_t at) {
    return static_cast<std::uint32_t>(std::min(text.find_first_of("\r\n", at), text.size()));
}

/// The next unescaped quote on the line; the end of the line if there is none.
std::uint32_t next_quote(std::string_view text, std::uint32_t at) {
    for (; at < text.size() && !is_line_end(text[at]) && text[at] != '"'; ++at)
        if (text[at] == '\\') ++at;
    return static_cast<std::uint32_t>(std::min<std::size_t>(at, text.size()));
}

/// `"Deploy` and ` to production"` on the next line: the position after the quote there; 0 if the next line does not
/// close the text.
std::uint32_t end_on_next_line(std::string_view text, std::uint32_t end) {
    std::uint32_t begin = end;
    while (begin < text.size() && is_line_end(text[begin])) ++begin;
    const std::uint32_t stop = line_end(text, begin);
    std::size_t quotes = 0;
    std::uint32_t first = 0;
    for (std::uint32_t at = next_quote(text, begin); at < stop; at = next_quote(text, at + 1)) {
        if (quotes++ == 0) first = at;
    }
    const bool ends_text =
        quotes % 2 == 1 && text.substr(begin, first - begin).find_first_of("{}:") == std::string_view::npos;
    return ends_text ? first + 1 : 0;
}

/// Where a text that swallowed the rest of its line was most likely meant to end: before a block, before the next
/// property, or before the brace that closes its block. Returns `end` if nothing indicates it.
std::uint32_t likely_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    const std::string_view swallowed = text.substr(begin, end - begin);
    std::size_t cut = swallowed.find(" {");
    for (std::size_t comma = swallowed.find(", "); comma < std::min(cut, swallowed.size());
         comma = swallowed.find(", ", comma + 1)) {
        std::size_t at = comma + 2;
        while (at < swallowed.size() && is_letter(swallowed[at])) ++at;
        if (at > comma + 2 && at < swallowed.size() && swallowed[at] == ':') cut = comma;
    }
    if (cut == std::string_view::npos && swallowed.ends_with(" }")) {
        const std::size_t line = text.find_last_of("\r\n", begin) + 1;
        const std::string_view before = text.substr(line, begin - line);
        if (std::count(before.begin(), before.end(), '{') > std::count(before.begin(), before.end(), '}'))
            cut = swallowed.size() - 2;
    }
    if (cut == std::string_view::npos || cut == 0) return end;
    while (cut > 1 && swallowed[cut - 1] == ' ') --cut;
    return static_cast<std::uint32_t>(begin + cut);
}

/// Whether a property that takes a name ends a text: `team: `.
bool takes_names(std::string_view before) {
    const auto trim = [&] {
        while (before.ends_with(' ')) before.remove_suffix(1);
    };
    trim();
    if (!before.ends_with(':')) return false;
    before.remove_suffix(1);
    trim();
    return std::ranges::any_of(properties::rows, [&](const properties::Row& row) {
        const std::size_t length = row.name.size();
        return properties::takes_names(row.kind) && before.ends_with(row.name) &&
               (before.size() == length || !is_letter(before[before.size() - length - 1]));
    });
}

bool is_one_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || c == '-'; });
}

/// The length of a quote that word processors use instead of `"`, or of a single quote; 0 if there is none.
std::uint32_t odd_quote_at(std::string_view text, std::size_t at) {
    if (text[at] != '\'' && static_cast<unsigned char>(text[at]) < 0x80) return 0;
    for (const std::string_view quote :
         {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x98", "\xE2\x80\x99", "\xC2\xAB", "\xC2\xBB", "'"})
        if (text.substr(at).starts_with(quote)) return static_cast<std::uint32_t>(quote.size());
    return 0;
}

}  // namespace

std::uint32_t end_of_odd_quotes(std::string_view text, std::uint32_t begin) {
    const std::uint32_t opening = odd_quote_at(text, begin);
    const auto digit_at = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    if (opening == 0 || (begin > 0 && digit_at(begin - 1) && digit_at(begin + opening))) return 0;  // `1'200`
    for (std::size_t at = begin + opening; at < text.size() && !is_line_end(text[at]); ++at) {
        const std::uint32_t closing = text[at] == '"' ? 1 : odd_quote_at(text, at);
        if (closing > 0) return static_cast<std::uint32_t>(at + closing);
    }
    return 0;
}

SourceRange inside_quotes(const SourceFile& source, SourceRange range) {
    const std::string_view text = source.text(range);
    const auto quote_at = [&](std::size_t at) { return text[at] == '"' ? 1U : odd_quote_at(text, at); };
    const std::size_t begin = text.empty() ? 0 : quote_at(0);
    std::size_t end = text.size();
    for (std::size_t length = 1; length <= 3 && begin + length <= text.size(); ++length)
        if (quote_at(text.size() - length) == length) end = text.size() - length;
    return {range.file, static_cast<std::uint32_t>(range.begin + begin), static_cast<std::uint32_t>(range.begin + end)};
}

void report_odd_quotes(const SourceFile& source, SourceRange range, Diagnostics& diagnostics) {
    const std::string_view text = source.text(range), inside = source.text(inside_quotes(source, range));
    const bool names_property = source.text().substr(range.end).starts_with(":"),
               names = !names_property && takes_names(source.text().substr(0, range.begin)) && is_one_word(inside);
    const std::string meant = names_property || names ? std::string(inside) : fmt::format("\"{}\"", inside);
    diagnostics.report(diag::unexpected_character, range, text.substr(0, odd_quote_at(text, 0)))
        .help(names_property ? fmt::format("the name of a property is written without quotes: `{}`", meant)
              : names        ? fmt::format("a name is written without quotes: `{}`", meant)
                             : fmt::format("text is written between straight double quotes: {}", meant))
        .fix(range, meant);
}

std::uint32_t report_unclosed(const SourceFile& source, std::string_view text, SourceRange range,
                              Diagnostics& diagnostics) {
    if (const std::uint32_t end = end_on_next_line(text, range.end); end > 0) {
        std::string joined;
        for (const char c : text.substr(range.begin, end - range.begin)) {
            const bool blank = is_line_end(c) || c == ' ' || c == '\t';
            if (!blank || joined.back() != ' ') joined += blank ? ' ' : c;
        }
        diagnostics.report(diag::unclosed_text, range)
            .help(fmt::format("a text must be on one line: write `{}`, or `\\n` to start a new line", joined));
        return end;
    }
    const std::uint32_t end = likely_end(text, range.begin, range.end);
    if (end == range.end) {
        diagnostics.report(diag::unclosed_text, range)
            .help("close it with `\"` on the same line; write `\\n` for a new line");
    } else {
        diagnostics.report(diag::unclosed_text, {source.id(), range.begin, end})
            .help(fmt::format("close it with `\"` after `{}`", text.substr(range.begin, end - range.begin)));
    }
    return end;
}

std::uint32_t end_of_inner_quotes(std::string_view text, std::uint32_t end) {
    std::uint32_t last = 0;
    while (end < text.size() && is_letter(text[end])) {
        const std::uint32_t inner = next_quote(text, end);
        const std::uint32_t outer = inner < text.size() && text[inner] == '"' ? next_quote(text, inner + 1) : inner;
        if (outer >= text.size() || text[outer] != '"') return last;
        end = last = outer + 1;
    }
    return last;
}

void report_inner_quotes(const SourceFile& source, SourceRange range, std::uint32_t first, Diagnostics& diagnostics) {
    const std::string_view text = source.text(range);
    const std::string_view inside = text.size() > 4 ? text.substr(2, text.size() - 4) : std::string_view();
    if (text.starts_with("\"\"") && text.ends_with("\"\"") && inside.find('"') == std::string_view::npos) {
        diagnostics.report(diag::unexpected_word, {source.id(), first, first + 1}, "one quote", "two")
            .help(fmt::format("write `\"{}\"`", inside))
            .fix(range, fmt::format("\"{}\"", inside));
        return;
    }
    std::string escaped = "\"";
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        if (text[at] == '"' && text[at - 1] != '\\') escaped += '\\';
        escaped += text[at];
    }
    escaped += '"';
    diagnostics
        .report(diag::unexpected_word, {source.id(), first, first + 1}, "`\\\"` for a quote inside a text", "`\"`")
        .help(fmt::format("write `{}`", escaped))
        .fix(range, escaped);
}

}  // namespace vsm::parse
