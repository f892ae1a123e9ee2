#include "runtime/reports/metrics/report_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "runtime/reports/metrics/report.h"
#include "runtime/reports/metrics/report_overview.h"
#include "runtime/reports/metrics/report_summary.h"
#include "runtime/reports/metrics/report_table.h"

namespace vsm::runtime {
namespace {

std::string origin_of(const FileMetrics& file, const ir::Stream& stream) {
    if (!stream.future) return "";
    std::string text = fmt::format("future of {}", file.model->stream(stream.future->of).name.value);
    if (stream.future->by) text += fmt::format(" by {}", format_date(*stream.future->by));
    return text;
}

std::string table_of(const Section& section, bool color) {
    if (section.rows.size() < 2) return "";
    const auto& heading = section.rows.front();
    const bool headed = std::any_of(heading.begin(), heading.end(), [](const Cell& cell) { return !cell.empty(); });
    return render_table(section.columns, std::span(section.rows).subspan(headed ? 0 : 1), color);
}

std::string text_of(const Section& section, bool color) {
    std::string text;
    if (!section.heading.empty()) text = "\n" + painted({section.heading, Paint::strong}, color) + "\n";
    return text + lines_of(section.sentences) + table_of(section, color);
}

std::string heading_of(const Reported& reported, bool color) {
    const ir::Stream& stream = reported.stream();
    std::string text = painted({one_line(stream.name.value), Paint::strong}, color);
    if (!stream.title.value.empty())
        text += "  " + cut_to(one_line(stream.title.value), 98 - std::min<std::size_t>(stream.name.value.size(), 64));
    std::string basis = fmt::format("working time, {}", format_calendar(stream.calendar));
    if (stream.future) basis = fmt::format("{}; {}", origin_of(reported.file, stream), basis);
    text += "\n" + painted({basis, Paint::faint}, color) + "\n";
    if (!stream.future && stream.outcome.given())
        text += lines_of({"to achieve: " + one_line(stream.outcome.value)}, "");
    return text;
}

std::string in_full(const FileMetrics& file, const StreamMetrics& metrics, bool color) {
    const Reported reported{file, metrics};
    std::string text = heading_of(reported, color);
    if (const Section targets = targets_section(reported); !targets.empty()) text += text_of(targets, color);
    text += "\n" + element_table(reported, color) + "\n" + text_of(summary_section(reported), color);
    for (const Section& section : sections_below(reported)) text += text_of(section, color);
    return text;
}

}  // namespace

std::string lines_of(const std::vector<std::string>& sentences, std::string_view indent) {
    std::string text;
    for (const std::string& sentence : sentences) {
        std::string line(indent);
        bool begun = false;
        std::size_t begin = 0;
        while (begin < sentence.size()) {
            const std::size_t end = std::min(sentence.find(' ', begin), sentence.size());
            const std::string word = cut_to(sentence.substr(begin, end - begin), line_width - 8);
            if (begun && display_width(line) + 1 + display_width(word) > line_width) {
                text += line + "\n";
                line = std::string(indent) + "  ";
                begun = false;
            }
            line += (begun ? " " : "") + word;
            begun = true;
            begin = end + 1;
        }
        text += line + "\n";
    }
    return text;
}

std::string metrics_text(std::span<const FileMetrics> files, ReportStyle style) {
    if (files.size() > 1 || !style.sorted_by.empty()) return overview(files, style);
    std::string text;
    for (const FileMetrics& file : files) {
        for (const StreamMetrics& metrics : file.shown()) {
            if (!text.empty()) text += "\n\n";
            text += in_full(file, metrics, style.color);
        }
    }
    return text;
}

}  // namespace vsm::runtime
