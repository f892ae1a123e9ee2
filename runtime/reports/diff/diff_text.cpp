#include <fmt/format.h>

#include <algorithm>

#include "runtime/reports/diff/diff_report.h"
#include "runtime/reports/diff/diff_words.h"
#include "runtime/reports/metrics/report_text.h"
#include "runtime/reports/text_table.h"

namespace vsm::runtime {
namespace {

using Rows = std::vector<std::vector<Cell>>;

std::string heading(std::string_view text, bool color) {
    return "\n" + painted({std::string(text), Paint::strong}, color) + "\n";
}

std::string news_lines(std::span<const DiffedMap> maps, bool color) {
    std::string text;
    for (const News& one : news_of(maps)) {
        std::string line = one.first;
        for (const std::string& further : one.further) line += " " + further;
        std::string wrapped = lines_of({one_line(line)}).substr(2);
        if (color)
            wrapped = painted({wrapped.substr(0, wrapped.find('\n')), Paint::strong}, color) +
                      wrapped.substr(wrapped.find('\n'));
        text += wrapped;
    }
    return text;
}

std::string from_to(const ChangeRow& one) {
    if (one.kind != ChangeKind::changed) return one.before + one.after;
    if (one.before.empty()) return one.after + " (was not given)";
    return one.after.empty() ? one.before + " (no longer given)" : one.before + " → " + one.after;
}

std::string changes_table(const std::vector<ChangeRow>& changes, bool color) {
    if (changes.empty()) return "";
    Rows rows;
    for (const ChangeRow& one : changes) {
        const std::string mark = one.kind == ChangeKind::added ? "+" : one.kind == ChangeKind::removed ? "-" : "~";
        rows.push_back({{{" " + mark}},
                        {{one_line(one.subject), Paint::strong}},
                        {{one_line(one.what)}},
                        {{one_line(from_to(one))}}});
    }
    const Column columns[] = {{false}, {false, 28}, {false, 16}, {false, 48}};
    return render_table(columns, rows, color);
}

std::string figures_table(const std::vector<FigureRow>& figures, bool color) {
    if (figures.empty()) return "";
    Rows rows{{{{"   figure", Paint::faint}},
               {{"before", Paint::faint}},
               {{"after", Paint::faint}},
               {{"change", Paint::faint}},
               {{""}}}};
    for (const FigureRow& one : figures)
        rows.push_back({{{"   " + one.name}},
                        {{one_line(one.before)}},
                        {{one_line(one.after), Paint::strong}},
                        {{one.change}},
                        {{one.judgement, one.judgement == "worse" ? Paint::delay : Paint::work}}});
    const Column columns[] = {{false, 36}, {true, 20}, {true, 20}, {true}, {false}};
    return "\n" + render_table(columns, rows, color);
}

std::string list_of(std::string_view head, const std::vector<std::string>& lines) {
    if (lines.empty()) return "";
    std::string text = fmt::format("\n  {}\n", head);
    std::vector<std::string> shown;
    for (const std::string& line : lines) shown.push_back("  " + one_line(line));
    return text + lines_of(shown);
}

std::string stream_section(const DiffedMap& map, const StreamChange& change, bool color) {
    const std::string changes = changes_table(rows_of(map, change), color),
                      figures = figures_table(figure_rows(map, change), color);
    std::vector<std::string> targets;
    for (const TargetChange& one : change.targets) targets.push_back(target_text(one));
    const std::string goals = list_of("targets", targets);
    return heading(fmt::format("{}  {}", one_line(stream_of(map, change).name.value),
                               change.follows ? "(follows its base)" : one_line(map.path())),
                   color) +
           changes + figures + goals;
}

std::string file_section(const DiffedMap& map, bool color) {
    std::string text;
    const std::vector<ChangeRow> rows = rows_of_file(map);
    if (!rows.empty()) text += heading(one_line(map.path()), color) + changes_table(rows, color);
    std::vector<std::string> fresh, fixed;
    for (const Diagnostic& one : map.change.new_findings) fresh.push_back(finding_text(one, *map.after_sources));
    for (const Diagnostic& one : map.change.fixed_findings) fixed.push_back(finding_text(one, *map.before_sources));
    if (!fresh.empty() || !fixed.empty()) text += heading("findings  " + one_line(map.path()), color);
    std::string lists = list_of("new", fresh) + list_of("fixed", fixed);
    if (lists.starts_with('\n')) lists.erase(0, 1);
    return text + lists;
}

}  // namespace

std::string diff_text(std::span<const DiffedMap> maps, ReportStyle style) {
    std::string text = news_lines(maps, style.color);
    for (const DiffedMap& map : maps)
        for (const StreamChange& change : map.change.streams) text += stream_section(map, change, style.color);
    for (const DiffedMap& map : maps) text += file_section(map, style.color);
    return text;
}

}  // namespace vsm::runtime
