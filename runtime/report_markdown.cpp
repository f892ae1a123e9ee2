#include <fmt/format.h>

#include <algorithm>

#include "base/markdown.h"
#include "runtime/report.h"
#include "runtime/report_overview.h"
#include "runtime/report_sections.h"
#include "runtime/report_words.h"
#include "runtime/rework.h"

namespace vsm::runtime {
namespace {

std::string time_text(const TimeFigure& figure, const Calendar& calendar) {
    const std::string time = format_duration(figure.microseconds, calendar);
    if (figure.known) return time;
    return figure.microseconds > 0 ? "at least " + time : "unknown";
}

std::string quality_text(const QualityFigure& quality) {
    if (quality.at_most) return "at most " + format_percent(*quality.at_most);
    return quality.value ? format_percent(*quality.value) : "";
}

std::string name_text(const FileMetrics& file, const ir::Stream& stream) {
    std::string text = markdown_text(stream.title.value.empty() ? stream.name.value : stream.title.value);
    if (stream.future)
        text += fmt::format(", future of {}", markdown_text(file.model->stream(stream.future->of).name.value));
    return text;
}

std::string table_of(std::span<const FileMetrics> files) {
    std::string text =
        "| Stream | Steps | Lead time | With rework | Process time | Activity ratio | Rolled %C&A | Working time |\n"
        "|---|---:|---:|---:|---:|---:|---:|---|\n";
    for (const FileMetrics& file : files) {
        for (const StreamMetrics& metrics : file.streams) {
            if (!file.shows(metrics)) continue;
            const ir::Stream& stream = file.model->stream(metrics.stream);
            const Figures& mean = metrics.mean;
            text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", name_text(file, stream), metrics.steps,
                                time_text(mean.lead_time, stream.calendar),
                                has_rework(stream) ? time_text(metrics.expected.lead_time, stream.calendar) : "",
                                time_text(mean.process_time, stream.calendar),
                                mean.activity_ratio ? format_percent(*mean.activity_ratio) : "unknown",
                                quality_text(mean.rolled_ca), format_calendar(stream.calendar));
        }
    }
    return text;
}

const StreamMetrics* first_present(const FileMetrics& file) {
    for (const StreamMetrics& metrics : file.streams)
        if (file.shows(metrics)) return &metrics;
    return nullptr;
}

/// The most important thing of one stream: what is asked of it, else how long it takes; and what would help most.
std::string lead_of(const FileMetrics& file, const StreamMetrics& metrics) {
    const ir::Stream& stream = file.model->stream(metrics.stream);
    const Reported reported{file, metrics, false};
    std::string text = fmt::format("**{}** ", name_text(file, stream));
    const auto judged = judge(*file.model, metrics.stream, pointers_to(file.streams));
    if (!judged.empty()) {
        // Of several the one that is worst off.
        const auto worst =
            std::max_element(judged.begin(), judged.end(),
                             [](const JudgedTarget& a, const JudgedTarget& b) { return a.verdict < b.verdict; });
        text += fmt::format("target {}: {}", name_of(worst->verdict), markdown_text(judged_text(*worst, reported)));
    } else {
        text += fmt::format("takes {} of working time", time_text(metrics.mean.lead_time, stream.calendar));
        if (metrics.mean.activity_ratio)
            text += fmt::format(", {} of it work", format_percent(*metrics.mean.activity_ratio));
    }
    const auto levers = top_levers(stream, metrics);
    if (!levers.empty()) text += fmt::format("; {}", markdown_text(sentence_of(levers.front(), stream, metrics)));
    return text + ".\n";
}

std::string list_of(std::string_view heading, const std::vector<std::string>& lines) {
    if (lines.empty()) return "";
    std::string text = fmt::format("\n**{}**\n\n", heading);
    for (const std::string& line : lines) text += "- " + markdown_text(line) + "\n";
    return text;
}

std::string details_of(const FileMetrics& file, const StreamMetrics& metrics) {
    const ir::Stream& stream = file.model->stream(metrics.stream);
    const Reported reported{file, metrics, false};
    std::vector<std::string> targets, levers;
    for (const JudgedTarget& judged : judge(*file.model, metrics.stream, pointers_to(file.streams)))
        targets.push_back(fmt::format("{}: {}", name_of(judged.verdict), judged_text(judged, reported)));
    for (const Lever& lever : top_levers(stream, metrics)) levers.push_back(sentence_of(lever, stream, metrics));
    const std::string body = list_of("Targets", targets) + list_of("What would help most", levers) + list_of("Observations", observations_of(reported));
    return body.empty() ? "" : fmt::format("\n#### {}\n", name_text(file, stream)) + body;
}

}  // namespace

/// The first line is what a reader of a pull request sees; the rest folds.
std::string metrics_markdown(std::span<const FileMetrics> files) {
    if (files.empty()) return table_of(files);
    const StreamMetrics* first = first_present(files.front());
    std::string text;
    if (files.size() > 1)
        text = fmt::format("**{}**\n", markdown_text(text_of(portfolio_of(files))));
    else if (first != nullptr)
        text = lead_of(files.front(), *first);
    text += "\n<details><summary>All figures</summary>\n\n" + table_of(files);
    for (const FileMetrics& file : files)
        for (const StreamMetrics& metrics : file.streams)
            if (file.shows(metrics)) text += details_of(file, metrics);
    return text + "\n</details>\n";
}

}  // namespace vsm::runtime
