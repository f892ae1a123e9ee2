#include "base/diagnostics/render/render.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "base/writers/json.h"

namespace vsm {
namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::size_t widest_line = 160;

struct Paint {
    bool on;
    std::string operator()(std::string_view code, std::string_view text) const {
        return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
    }
};

std::string_view color_of(Severity severity) {
    switch (severity) {
        case Severity::error: return "1;31";
        case Severity::warning: return "1;33";
        case Severity::note: return "1;36";
    }
    return "0";
}

/// A marked range on one source line, in bytes of the file.
struct Mark {
    std::uint32_t line;
    std::uint32_t begin, end;
    std::string text;
    bool primary;
};

/// A mark in columns of the printed line.
struct Span {
    std::size_t column, width;
    const Mark* mark;
};

std::string shown_line(std::string_view line) {
    if (line.find('\t') == std::string_view::npos) return log_text(line);
    std::string spaced;
    for (const char c : line) {
        if (c == '\t')
            spaced += "    ";
        else
            spaced += c;
    }
    return log_text(spaced);
}

Mark mark_of(const SourceFile& file, SourceRange range, std::string text, bool primary) {
    return {file.line_of(range.begin), range.begin, range.end, std::move(text), primary};
}

/// The printed part of a line, in bytes of the file; `…` replaces the text cut off on either side.
struct Window {
    SourceRange range;
    bool cut_before = false, cut_behind = false;
    std::string text;
};

constexpr std::string_view cut_mark = "…";

std::uint32_t line_end(const SourceFile& file, std::uint32_t line) {
    return static_cast<std::uint32_t>(file.line_begin(line) + file.line_text(line).size());
}

/// The first byte of the character at `at`, but not before `from`.
std::uint32_t byte_of_character(std::string_view text, std::uint32_t at, std::uint32_t from) {
    while (at > from && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return at;
}

/// Where to cut a line whose mark is far to the right: some columns before the mark.
std::uint32_t window_begin(const SourceFile& file, std::uint32_t from, std::uint32_t mark) {
    constexpr std::uint32_t looked_at = 400;
    constexpr std::size_t before = 40;
    if (mark - from > looked_at) from = byte_of_character(file.text(), mark - looked_at, from);
    std::vector<std::pair<std::uint32_t, std::size_t>> characters;  // with their widths in columns
    std::size_t columns = 0;
    for (std::uint32_t at = from; at < mark;) {
        const auto end = static_cast<std::uint32_t>(character_end(file.text(), at));
        characters.emplace_back(at, display_width(shown_line(file.text({file.id(), at, end}))));
        columns += characters.back().second;
        at = end;
    }
    for (const auto& [at, width] : characters) {
        if (columns <= before) return at;
        columns -= width;
    }
    return mark;
}

/// The whole line if it is short, otherwise the part around the first byte of the mark.
Window window_of(const SourceFile& file, std::uint32_t line, std::uint32_t mark) {
    constexpr std::uint32_t most_bytes = 4096;
    const std::uint32_t from = file.line_begin(line), to = line_end(file, line);
    Window window{{file.id(), from, to}, false, false, {}};
    if (to - from > widest_line) {
        if (mark > from + widest_line / 2) window.range.begin = window_begin(file, from, std::min(mark, to));
        window.cut_before = window.range.begin > from;
        std::uint32_t end = window.range.begin;
        std::size_t columns = window.cut_before ? 1 : 0;
        while (end < to) {
            const auto next = static_cast<std::uint32_t>(std::min<std::size_t>(character_end(file.text(), end), to));
            columns += display_width(shown_line(file.text({file.id(), end, next})));
            // widest_line does not include the `…` at the end
            if (columns > widest_line || next - window.range.begin > most_bytes) break;
            end = next;
        }
        window.range.end = end;
        window.cut_behind = end < to;
    }
    window.text = fmt::format("{}{}{}", window.cut_before ? cut_mark : "", shown_line(file.text(window.range)),
                              window.cut_behind ? cut_mark : "");
    return window;
}

/// Clamps a mark to the window; a mark outside is shown at its edge.
Span span_of(const SourceFile& file, const Window& window, const Mark& mark) {
    const SourceRange& shown = window.range;
    const std::uint32_t from = std::clamp(mark.begin, shown.begin, shown.end),
                        to = std::clamp(mark.end, from, shown.end);
    const bool left_of = mark.begin < shown.begin;
    const std::size_t before =
        (window.cut_before ? 1 : 0) + display_width(shown_line(file.text({file.id(), shown.begin, from})));
    const std::size_t width = display_width(shown_line(file.text({file.id(), from, to}))) + (left_of ? 1 : 0);
    return {left_of ? before - 1 : before, std::max<std::size_t>(width, 1), &mark};
}

void print_marks(Out out, const SourceFile& file, std::uint32_t line, std::vector<Mark> marks,
                 const std::string& gutter, const Paint& paint, std::string_view primary_color) {
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
    const auto primary = std::find_if(marks.begin(), marks.end(), [](const Mark& mark) { return mark.primary; });
    const Window window = window_of(file, line, (primary == marks.end() ? marks.front() : *primary).begin);
    std::vector<Span> spans;
    for (const Mark& mark : marks) spans.push_back(span_of(file, window, mark));
    fmt::format_to(out, "{} {} {}\n", paint("1;34", fmt::format("{:>{}}", line, gutter.size() - 1)), paint("1;34", "|"),
                   window.text);
    std::string row;
    std::size_t column = 0;
    for (const Span& span : spans) {
        if (span.column < column) continue;
        row += std::string(span.column - column, ' ');
        row += span.mark->primary ? paint(primary_color, std::string(span.width, '^'))
                                  : paint("1;34", std::string(span.width, '-'));
        column = span.column + span.width;
    }
    const Mark& last = *spans.back().mark;
    if (!last.text.empty()) row += " " + paint(last.primary ? primary_color : "1;34", last.text);
    fmt::format_to(out, "{}{} {}\n", gutter, paint("1;34", "|"), row);
    // The texts of the other marks follow on lines below, rightmost first, each under its mark.
    for (std::size_t i = spans.size() - 1; i-- > 0;) {
        const Mark& mark = *spans[i].mark;
        if (mark.text.empty()) continue;
        fmt::format_to(out, "{}{} {}{}\n", gutter, paint("1;34", "|"), std::string(spans[i].column, ' '),
                       paint(mark.primary ? primary_color : "1;34", mark.text));
    }
}

void print_file(Out out, const SourceFile& file, std::vector<Mark> marks, const std::string& gutter, const Paint& paint,
                std::string_view color) {
    std::map<std::uint32_t, std::vector<Mark>> lines;
    for (Mark& mark : marks) lines[mark.line].push_back(std::move(mark));
    fmt::format_to(out, "{}{}\n", gutter, paint("1;34", "|"));
    std::uint32_t previous = 0;
    for (auto& [line, on_line] : lines) {
        if (previous != 0 && line > previous + 1) fmt::format_to(out, "{}\n", paint("1;34", "..."));
        print_marks(out, file, line, std::move(on_line), gutter, paint, color);
        previous = line;
    }
}

void print_places(Out out, const Diagnostic& diagnostic, const SourceSet& sources, const Paint& paint) {
    std::vector<std::pair<FileId, std::vector<Mark>>> files;
    std::uint32_t last_line = 1;
    const auto add = [&](SourceRange range, std::string text, bool primary) {
        const SourceFile& file = sources[range.file];
        auto found =
            std::find_if(files.begin(), files.end(), [&](const auto& entry) { return entry.first == range.file; });
        if (found == files.end()) found = files.insert(files.end(), {range.file, {}});
        found->second.push_back(mark_of(file, range, log_text(text), primary));
        last_line = std::max(last_line, found->second.back().line);
    };
    add(diagnostic.range, "", true);
    for (const Label& label : diagnostic.labels) add(label.range, label.text, false);
    const std::string gutter(std::to_string(last_line).size() + 1, ' ');
    bool first = true;
    for (auto& [id, marks] : files) {
        const SourceFile& file = sources[id];
        const SourceRange shown =
            first ? diagnostic.range
                  : std::find_if(diagnostic.labels.begin(), diagnostic.labels.end(), [&, wanted = id](const Label& l) {
                        return l.range.file == wanted;
                    })->range;
        const Position at = file.position(shown.begin);
        fmt::format_to(out, "{}{} {}:{}:{}\n", gutter.substr(1), paint("1;34", first ? "-->" : ":::"),
                       log_text(file.path()), at.line, at.column);
        print_file(out, file, std::move(marks), gutter, paint, color_of(diagnostic.severity));
        first = false;
    }
    if (diagnostic.help.empty()) return;
    fmt::format_to(out, "{}{}\n", gutter, paint("1;34", "|"));
    std::string_view rest = diagnostic.help;
    std::string lead = fmt::format("{}{} {}", gutter, paint("1;34", "="), paint("1", "help:"));
    while (true) {
        const std::size_t end = rest.find('\n');
        fmt::format_to(out, "{} {}\n", lead, log_text(rest.substr(0, end)));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
        lead = gutter + "       ";
    }
}

void json_place(Out out, const SourceFile& file, SourceRange range) {
    const Position begin = file.position(range.begin), end = file.position(range.end);
    fmt::format_to(out, "\"path\": {}, \"line\": {}, \"column\": {}, \"end_line\": {}, \"end_column\": {}",
                   json_string(file.path()), begin.line, begin.column, end.line, end.column);
}

void json_item(Out out, const Diagnostic& d, const SourceSet& sources) {
    fmt::format_to(out, "{{ \"code\": \"{}\", \"name\": \"{}\", \"severity\": \"{}\", ", text_of(d.code),
                   info_of(d.code).name, name_of(d.severity));
    if (d.range.valid()) {
        json_place(out, sources[d.range.file], d.range);
        fmt::format_to(out, ", ");
    }
    fmt::format_to(out, "\"message\": {}, \"labels\": [", json_string(d.message));
    for (std::size_t i = 0; i < d.labels.size(); ++i) {
        fmt::format_to(out, "{}{{ ", i == 0 ? "" : ", ");
        json_place(out, sources[d.labels[i].range.file], d.labels[i].range);
        fmt::format_to(out, ", \"text\": {} }}", json_string(d.labels[i].text));
    }
    fmt::format_to(out, "], \"help\": {}, \"fix\": ", d.help.empty() ? "null" : json_string(d.help));
    if (d.fix) {
        fmt::format_to(out, "{{ ");
        json_place(out, sources[d.fix->range.file], d.fix->range);
        fmt::format_to(out, ", \"replacement\": {} }}", json_string(d.fix->replacement));
    } else {
        fmt::format_to(out, "null");
    }
    fmt::format_to(out, " }}");
}

}  // namespace

std::string render_text(std::span<const Diagnostic> diagnostics, const SourceSet& sources, TextStyle style) {
    std::string text;
    const Paint paint{style.color};
    for (const Diagnostic& d : diagnostics) {
        const Out out = std::back_inserter(text);
        const std::string head = fmt::format("{}[{} {}]", name_of(d.severity), text_of(d.code), info_of(d.code).name);
        fmt::format_to(out, "{}: {}\n", paint(color_of(d.severity), head), paint("1", log_text(d.message)));
        if (d.range.valid()) print_places(out, d, sources, paint);
        text += '\n';
    }
    return text;
}

std::string render_concise(std::span<const Diagnostic> diagnostics, const SourceSet& sources) {
    std::string text;
    for (const Diagnostic& d : diagnostics) {
        const Out out = std::back_inserter(text);
        if (d.range.valid()) {
            const SourceFile& file = sources[d.range.file];
            const Position at = file.position(d.range.begin);
            fmt::format_to(out, "{}:{}:{}: ", log_text(file.path()), at.line, at.column);
        }
        fmt::format_to(out, "{}[{} {}]: {}\n", name_of(d.severity), text_of(d.code), info_of(d.code).name,
                       log_text(d.message));
    }
    return text;
}

std::string render_json(std::span<const Diagnostic> diagnostics, const SourceSet& sources) {
    std::string text = "{ \"version\": 1, \"diagnostics\": [";
    for (std::size_t i = 0; i < diagnostics.size(); ++i) {
        text += i == 0 ? "\n  " : ",\n  ";
        json_item(std::back_inserter(text), diagnostics[i], sources);
    }
    text += diagnostics.empty() ? "] }\n" : "\n] }\n";
    return text;
}

}  // namespace vsm
