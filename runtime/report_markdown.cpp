#include <fmt/format.h>

#include "base/text.h"
#include "runtime/report.h"

namespace vsm::runtime {
namespace {

/// User text in a table cell: letters, digits and plain punctuation as they are, all that Markdown or HTML could read as
/// markup as a character reference.
std::string cell_text(std::string_view text) {
    std::string cell;
    for (const char c : printable(text)) {
        const bool plain = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                           (c >= 'A' && c <= 'Z') || std::string_view(" .,;?%/+=-").find(c) != std::string_view::npos;
        if (plain)
            cell += c;
        else
            cell += fmt::format("&#{};", static_cast<int>(c));
    }
    return cell;
}

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
    std::string text = cell_text(stream.title.value.empty() ? stream.name.value : stream.title.value);
    if (stream.future)
        text += fmt::format(", future of {}", cell_text(file.model->stream(stream.future->of).name.value));
    return text;
}

}  // namespace

std::string metrics_markdown(std::span<const FileMetrics> files) {
    std::string text = "| Stream | Steps | Lead time | Process time | Activity ratio | Rolled %C&A | Working time |\n"
                       "|---|---:|---:|---:|---:|---:|---|\n";
    for (const FileMetrics& file : files) {
        for (const StreamMetrics& metrics : file.streams) {
            if (!file.shows(metrics)) continue;
            const ir::Stream& stream = file.model->stream(metrics.stream);
            const Figures& mean = metrics.mean;
            text +=
                fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", name_text(file, stream), metrics.steps,
                            time_text(mean.lead_time, stream.calendar), time_text(mean.process_time, stream.calendar),
                            mean.activity_ratio ? format_percent(*mean.activity_ratio) : "unknown",
                            quality_text(mean.rolled_ca), format_calendar(stream.calendar));
        }
    }
    return text;
}

}  // namespace vsm::runtime
