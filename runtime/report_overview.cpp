#include <fmt/format.h>

#include <algorithm>

#include "runtime/report_overview.h"
#include "runtime/report_sections.h"
#include "runtime/report_words.h"
#include "runtime/rework.h"
#include "runtime/text_table.h"

namespace vsm::runtime {
namespace {

using Rows = std::vector<std::vector<Cell>>;

std::string bounded(const TimeFigure& figure, const Calendar& calendar) {
    const std::string time = format_duration(figure.microseconds, calendar);
    if (figure.known) return time;
    return figure.microseconds > 0 ? "≥ " + time : "?";
}

std::vector<Cell> row_of(const FileMetrics& file, const StreamMetrics& metrics, bool rework) {
    const ir::Stream& stream = file.model->stream(metrics.stream);
    const Figures& mean = metrics.mean;
    std::string quality = mean.rolled_ca.value ? format_percent(*mean.rolled_ca.value) : "";
    if (mean.rolled_ca.at_most) quality = "≤ " + format_percent(*mean.rolled_ca.at_most);
    return {{{one_line(file.path)}},
            {{one_line(stream.name.value), Paint::strong}},
            {{fmt::format("{}", metrics.steps)}},
            {{bounded(mean.lead_time, stream.calendar)}},
            {{rework && has_rework(stream) ? bounded(metrics.expected.lead_time, stream.calendar) : ""}},
            {{bounded(mean.process_time, stream.calendar)}},
            {{mean.activity_ratio ? format_percent(*mean.activity_ratio) : "?"}},
            {{quality}},
            {{format_calendar(stream.calendar), Paint::faint}}};
}

/// The smallest key first. Times are compared as hours of work, whatever the day.
struct Rank {
    bool unknown = true;
    double key = 0;
    bool operator<(const Rank& other) const { return unknown != other.unknown ? !unknown : key < other.key; }
};

Rank rank_of(const FileMetrics& file, const StreamMetrics& metrics, const ir::MetricInfo& info) {
    const MetricValue value = value_of(file.model->model(), file.model->stream(metrics.stream), metrics, info.metric);
    const bool small_is_bad = info.type == ir::MetricType::ratio || info.type == ir::MetricType::rate;
    if (!value.value) return {};
    return {false, small_is_bad ? *value.value : -*value.value};
}

}  // namespace

Portfolio portfolio_of(std::span<const FileMetrics> files) {
    Portfolio portfolio;
    for (const FileMetrics& file : files) {
        for (const StreamMetrics& metrics : file.streams) {
            const ir::Stream& stream = file.model->stream(metrics.stream);
            if (!file.shows(metrics) || stream.future) continue;
            ++portfolio.streams;
            portfolio.steps += metrics.steps;
            if (!metrics.mean.lead_time.known) ++portfolio.unknown;
            for (const JudgedTarget& judged : judge(*file.model, metrics.stream, pointers_to(file.streams))) {
                ++portfolio.targets;
                if (judged.verdict == Verdict::met || judged.verdict == Verdict::met_by_future) ++portfolio.reached;
            }
            if (metrics.load.effort_fte)
                portfolio.effort_fte = portfolio.effort_fte.value_or(0) + *metrics.load.effort_fte;
            if (metrics.load.wip) portfolio.wip = portfolio.wip.value_or(0) + *metrics.load.wip;
        }
    }
    return portfolio;
}

std::string text_of(const Portfolio& portfolio) {
    const auto plural = [](std::size_t count, std::string_view word) {
        return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
    };
    std::string text = fmt::format("{}, {}", plural(portfolio.streams, "stream"), plural(portfolio.steps, "step"));
    if (portfolio.unknown > 0) text += fmt::format("; the lead time of {} is unknown", portfolio.unknown);
    if (portfolio.targets > 0)
        text +=
            fmt::format("; {} of {} met or met by a future", portfolio.reached, plural(portfolio.targets, "target"));
    if (portfolio.wip) text += fmt::format("; {} items in progress", short_number(*portfolio.wip));
    if (portfolio.effort_fte) text += fmt::format("; {} people full time", short_number(*portfolio.effort_fte));
    return text;
}

std::string overview(std::span<const FileMetrics> files, bool color) {
    bool rework = false;
    for (const FileMetrics& file : files)
        for (const StreamMetrics& metrics : file.streams)
            rework = rework || (file.shows(metrics) && has_rework(file.model->stream(metrics.stream)));
    Rows rows{{{{"file", Paint::faint}},
               {{"stream", Paint::faint}},
               {{"steps", Paint::faint}},
               {{"lead", Paint::faint}},
               {{rework ? "with rework" : "", Paint::faint}},
               {{"process", Paint::faint}},
               {{"activity", Paint::faint}},
               {{"%C&A", Paint::faint}},
               {{"working time", Paint::faint}}}};
    for (const FileMetrics& file : files)
        for (const StreamMetrics& metrics : file.streams)
            if (file.shows(metrics)) rows.push_back(row_of(file, metrics, rework));
    const Column columns[] = {{false, 24}, {false, 16}, {true}, {true}, {true}, {true}, {true}, {true}, {false}};
    std::string text = render_table(columns, rows, color);
    if (rows.size() > 2) text += "\n" + lines_of({text_of(portfolio_of(files))});
    return text;
}

void sort_by(std::vector<FileMetrics>& files, std::string_view key) {
    const auto all = ir::all_metrics();
    const auto info = std::find_if(all.begin(), all.end(), [&](const ir::MetricInfo& one) { return one.key == key; });
    VSM_CHECK(info != all.end());
    // One stream an entry, so that the rows of all files can be ordered together.
    std::vector<std::pair<Rank, FileMetrics>> entries;
    for (const FileMetrics& file : files)
        for (const StreamMetrics& metrics : file.streams)
            if (file.shows(metrics)) {
                FileMetrics one = file;
                one.only = file.model->stream(metrics.stream).name.value;
                entries.push_back({rank_of(file, metrics, *info), std::move(one)});
            }
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    files.clear();
    for (auto& [rank, file] : entries) files.push_back(std::move(file));
}

}  // namespace vsm::runtime
