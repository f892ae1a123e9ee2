#include "base/diagnostics/render/render.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/writers/json.h"

namespace vsm {
namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::size_t widest_line = 160;

/// Text in a color, if the output has colors.
struct Painted {
    std::string_view code, text;
};

/// Text added up from parts.
class TextWriter {
public:
    TextWriter(std::string& text, bool color) : text_(text), color_(color) {}

    /// Each part is a text or painted.
    template <class... Part>
    void add(const Part&... parts) {
        (append(parts), ...);
    }

    void add_times(std::size_t count, char c) { text_.append(count, c); }

private:
    void append(std::string_view text) { text_ += text; }
    void append(const Painted& painted) {
        if (color_)
            add("\x1b[", painted.code, "m", painted.text, "\x1b[0m");
        else
            append(painted.text);
    }

    std::string& text_;
    bool color_;
};

constexpr std::string_view frame_color = "1;34";
constexpr Painted bar{frame_color, "|"};

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

std::string_view color_of(const Mark& mark, std::string_view primary_color) {
    return mark.primary ? primary_color : frame_color;
}

/// `^` under the primary mark, `-` under the others, then the text of the last.
void print_carets(TextWriter& out, const std::vector<Span>& spans, std::string_view primary_color) {
    std::size_t column = 0;
    for (const Span& span : spans) {
        if (span.column < column) continue;
        out.add_times(span.column - column, ' ');
        const std::string carets(span.width, span.mark->primary ? '^' : '-');
        out.add(Painted{color_of(*span.mark, primary_color), carets});
        column = span.column + span.width;
    }
    const Mark& last = *spans.back().mark;
    if (!last.text.empty()) out.add(" ", Painted{color_of(last, primary_color), last.text});
    out.add("\n");
}

/// A source line and its marks, which are in the order of their first bytes.
void print_marks(TextWriter& out, const SourceFile& file, std::span<const Mark> marks, std::string_view gutter,
                 std::string_view primary_color) {
    const std::uint32_t line = marks.front().line;
    const auto primary = std::find_if(marks.begin(), marks.end(), [](const Mark& mark) { return mark.primary; });
    const Window window = window_of(file, line, (primary == marks.end() ? marks.front() : *primary).begin);
    std::vector<Span> spans;
    for (const Mark& mark : marks) spans.push_back(span_of(file, window, mark));
    std::string number = std::to_string(line);
    number.insert(0, gutter.size() - 1 - number.size(), ' ');
    out.add(Painted{frame_color, number}, " ", bar, " ", window.text, "\n");
    out.add(gutter, bar, " ");
    print_carets(out, spans, primary_color);
    // The texts of the other marks follow on lines below, rightmost first, each under its mark.
    for (std::size_t i = spans.size() - 1; i-- > 0;) {
        const Mark& mark = *spans[i].mark;
        if (mark.text.empty()) continue;
        out.add(gutter, bar, " ");
        out.add_times(spans[i].column, ' ');
        out.add(Painted{color_of(mark, primary_color), mark.text}, "\n");
    }
}

void print_file(TextWriter& out, const SourceFile& file, std::vector<Mark> marks, std::string_view gutter,
                std::string_view color) {
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
        return std::pair(a.line, a.begin) < std::pair(b.line, b.begin);
    });
    out.add(gutter, bar, "\n");
    for (auto at = marks.begin(); at != marks.end();) {
        const std::uint32_t line = at->line;
        const auto end = std::find_if(at, marks.end(), [&](const Mark& mark) { return mark.line != line; });
        if (at != marks.begin() && line > std::prev(at)->line + 1) out.add(Painted{frame_color, "..."}, "\n");
        print_marks(out, file, {at, end}, gutter, color);
        at = end;
    }
}

void print_help(TextWriter& out, std::string_view help, std::string_view gutter) {
    out.add(gutter, bar, "\n", gutter, Painted{frame_color, "="}, " ", Painted{"1", "help:"});
    while (true) {
        const std::size_t end = help.find('\n');
        out.add(" ", log_text(help.substr(0, end)), "\n");
        if (end == std::string_view::npos) break;
        help.remove_prefix(end + 1);
        out.add(gutter, "       ");
    }
}

void print_places(TextWriter& out, const Diagnostic& diagnostic, const SourceSet& sources) {
    std::vector<std::pair<SourceRange, std::vector<Mark>>> files;  // each with the range that its head names
    std::uint32_t last_line = 1;
    const auto add = [&](SourceRange range, std::string_view text, bool primary) {
        auto found =
            std::find_if(files.begin(), files.end(), [&](const auto& entry) { return entry.first.file == range.file; });
        if (found == files.end()) found = files.insert(files.end(), {range, {}});
        found->second.push_back(mark_of(sources[range.file], range, log_text(text), primary));
        last_line = std::max(last_line, found->second.back().line);
    };
    add(diagnostic.range, "", true);
    for (const Label& label : diagnostic.labels) add(label.range, label.text, false);
    const std::string gutter(std::to_string(last_line).size() + 1, ' ');
    std::string_view arrow = "-->";
    for (auto& [head, marks] : files) {
        const SourceFile& file = sources[head.file];
        const Position at = file.position(head.begin);
        out.add(std::string_view(gutter).substr(1), Painted{frame_color, arrow}, " ", log_text(file.path()), ":",
                std::to_string(at.line), ":", std::to_string(at.column), "\n");
        print_file(out, file, std::move(marks), gutter, color_of(diagnostic.severity));
        arrow = ":::";
    }
    if (!diagnostic.help.empty()) print_help(out, diagnostic.help, gutter);
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
    TextWriter out(text, style.color);
    for (const Diagnostic& d : diagnostics) {
        const std::string head = fmt::format("{}[{} {}]", name_of(d.severity), text_of(d.code), info_of(d.code).name);
        out.add(Painted{color_of(d.severity), head}, ": ", Painted{"1", log_text(d.message)}, "\n");
        if (d.range.valid()) print_places(out, d, sources);
        out.add("\n");
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
