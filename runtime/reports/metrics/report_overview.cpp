#include <fmt/format.h>

#include <algorithm>

#include "runtime/reports/metrics/report_overview.h"
#include "runtime/reports/metrics/report_sections.h"
#include "runtime/reports/metrics/report_table.h"
#include "runtime/reports/metrics/report_text.h"
#include "runtime/reports/text_table.h"
#include "runtime/rework/rework.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using Rows = std::vector<std::vector<Cell>>;

/// An abbreviated quality_text().
std::string bounded(const StreamMetrics& metrics) {
    const QualityFigure& rolled = metrics.mean.rolled_ca;
    return rolled.at_most && *rolled.at_most < 1 ? "≤ " + format_percent(*rolled.at_most, Rounding::up)
                                                 : quality_text(metrics);
}

/// The length of the folder prefix that all files share, including its `/`; it is not printed.
std::size_t common_folder(std::span<const FileMetrics> files) {
    std::string_view common = files.front().path;
    for (const FileMetrics& file : files) {
        const auto end = std::mismatch(common.begin(), common.end(), file.path.begin(), file.path.end()).first;
        common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
    }
    const std::size_t slash = common.rfind('/');
    return slash == std::string_view::npos ? 0 : slash + 1;
}

class Overview {
public:
    Overview(std::span<const FileMetrics> files, ReportStyle style)
        : files_(files), style_(style), folder_(common_folder(files)) {
        for (const FileMetrics& file : files)
            for (const StreamMetrics& metrics : file.shown())
                rework_ = rework_ || has_rework(file.model->stream(metrics.stream));
        extra_ = extra_figure(style.sorted_by, rework_);
    }

    std::string render() const {
        Rows rows{heading()};
        for (const FileMetrics& file : files_)
            for (const StreamMetrics& metrics : file.shown()) rows.push_back(row_of(file, metrics));
        std::vector<Column> columns{{false, 24}, {false, 20}, {true}, {true}, {true},
                                    {true},      {true},      {true}, {true}, {}};
        fit(columns, rows);
        std::string text = render_table(columns, rows, style_.color);
        if (rows.size() > 2) text += "\n" + lines_of(sentences_of(portfolio_of(files_)));
        return text;
    }

private:
    /// Shortens or drops other columns if the column sorted by needs the room.
    static void fit(std::vector<Column>& columns, Rows& rows) {
        const auto too_wide = [&] {
            std::size_t used = 0;
            for (const std::size_t width : widths_of(columns, rows)) used += width > 0 ? width + 2 : 0;
            return used - 2 > line_width;
        };
        while (too_wide() && columns[0].widest > 12) --columns[0].widest;
        for (const std::size_t column : {7, 6, 5, 9})
            if (too_wide())
                for (auto& row : rows) row[column] = {};
    }

    std::vector<Cell> heading() const {
        std::vector<Cell> cells;
        for (const std::string& name :
             {std::string("file"), std::string("stream"), extra_ ? words_of(*extra_) : std::string(),
              std::string("steps"), std::string(rework_ ? "lead with rework" : "lead"),
              std::string(rework_ ? "as drawn" : ""), std::string("process"), std::string("activity"),
              std::string("%C&A"), std::string("working time")})
            cells.push_back({{name, Paint::faint}});
        return cells;
    }

    std::vector<Cell> row_of(const FileMetrics& file, const StreamMetrics& metrics) const {
        const ir::Stream& stream = file.model->stream(metrics.stream);
        const Figures& mean = metrics.mean;
        const bool reworked = rework_ && has_rework(stream);
        return {{{one_line(std::string_view(file.path).substr(folder_))}},
                {{full_name_of(file, stream), Paint::strong}},
                {{extra_ ? extra_text(file, metrics, stream) : "", Paint::strong}},
                {{fmt::format("{}", metrics.steps)}},
                {{bounded_time(reworked ? metrics.expected.lead_time : mean.lead_time, stream.calendar)}},
                {{reworked ? bounded_time(mean.lead_time, stream.calendar) : ""}},
                {{bounded_time(mean.process_time, stream.calendar)}},
                {{activity_text(metrics)}},
                {{bounded(metrics)}},
                {{format_calendar(stream.calendar), Paint::faint}}};
    }

    std::string extra_text(const FileMetrics& file, const StreamMetrics& metrics, const ir::Stream& stream) const {
        const std::string text = bounded_text(*extra_, value_of(file.model->model(), stream, metrics, *extra_), stream);
        return text.empty() ? "?" : text;
    }

    std::span<const FileMetrics> files_;
    ReportStyle style_;
    std::size_t folder_;
    bool rework_ = false;
    std::optional<ir::Metric> extra_;
};

void add_known(const std::optional<double>& figure, std::optional<double>& sum, std::size_t& count) {
    if (!figure) return;
    sum = sum.value_or(0) + *figure;
    ++count;
}

/// Ascending by key, unknown last. Times are compared as working hours, independent of the length of a day.
struct Rank {
    bool unknown = true;
    double key = 0;
    bool operator<(const Rank& other) const { return unknown != other.unknown ? !unknown : key < other.key; }
};

Rank rank_of(const FileMetrics& file, const StreamMetrics& metrics, const ir::MetricInfo& info) {
    const ir::Metric judged = ir::with_rework(info.metric).value_or(info.metric);
    const MetricValue value = value_of(file.model->model(), file.model->stream(metrics.stream), metrics, judged);
    const bool small_is_bad = info.type == ir::MetricType::ratio || info.type == ir::MetricType::rate;
    if (!value.value) return {};
    return {false, small_is_bad ? *value.value : -*value.value};
}

}  // namespace

Portfolio portfolio_of(std::span<const FileMetrics> files) {
    Portfolio portfolio;
    for (const FileMetrics& file : files) {
        for (const StreamMetrics& metrics : file.shown()) {
            if (file.model->stream(metrics.stream).future) {
                ++portfolio.futures;
                continue;
            }
            ++portfolio.streams;
            portfolio.steps += metrics.steps;
            if (!metrics.mean.lead_time.known) ++portfolio.unknown;
            for (const JudgedTarget& judged : targets_of(file, metrics)) {
                ++portfolio.targets;
                if (judged.verdict == Verdict::met || judged.verdict == Verdict::met_by_future) ++portfolio.reached;
            }
            add_known(metrics.load.wip, portfolio.wip, portfolio.with_wip);
            add_known(metrics.load.effort_fte, portfolio.effort_fte, portfolio.with_effort);
        }
    }
    return portfolio;
}

std::vector<std::string> sentences_of(const Portfolio& portfolio) {
    const auto of_streams = [&](std::size_t count) {
        return count == portfolio.streams
                   ? ""
                   : fmt::format(" (known of {} of {})", count, count_of(portfolio.streams, "stream"));
    };
    std::vector<std::string> sentences{
        fmt::format("{}{}, {}", count_of(portfolio.streams, "stream"),
                    portfolio.futures > 0 ? " and " + count_of(portfolio.futures, "future") : "",
                    count_of(portfolio.steps, "step"))};
    if (portfolio.unknown > 0) sentences.front() += fmt::format("; the lead time of {} is unknown", portfolio.unknown);
    if (portfolio.targets > 0)
        sentences.push_back(
            fmt::format("{} of {} met or met by a future", portfolio.reached, count_of(portfolio.targets, "target")));
    if (portfolio.wip)
        sentences.push_back(fmt::format("{} items of all kinds in progress{}", short_number(*portfolio.wip),
                                        of_streams(portfolio.with_wip)));
    if (portfolio.effort_fte)
        sentences.push_back(fmt::format("work for {} people full time{}", short_number(*portfolio.effort_fte),
                                        of_streams(portfolio.with_effort)));
    return sentences;
}

std::string full_name_of(const FileMetrics& file, const ir::Stream& stream) {
    const std::string name = one_line(stream.name.value);
    return stream.future ? one_line(file.model->stream(stream.future->of).name.value) + "." + name : name;
}

std::optional<ir::Metric> extra_figure(std::string_view sorted_by, bool rework) {
    for (const std::string_view shown : {"lead_time", "expected_lead_time", "activity_ratio", "rolled_ca", "steps"})
        if (sorted_by == shown) return std::nullopt;
    if (!rework && sorted_by == "process_time") return std::nullopt;
    for (const ir::MetricInfo& info : ir::all_metrics())
        if (info.key == sorted_by) return rework ? ir::with_rework(info.metric).value_or(info.metric) : info.metric;
    return std::nullopt;
}

std::string overview(std::span<const FileMetrics> files, ReportStyle style) {
    return files.empty() ? "" : Overview(files, style).render();
}

std::span<const StreamMetrics> FileMetrics::shown() const {
    // Imported streams come first; they are shown with their own file.
    const std::vector<StreamMetrics>& all = *streams;
    const auto own = std::find_if(all.begin(), all.end(),
                                  [&](const StreamMetrics& one) { return !model->stream(one.stream).imported; });
    if (!only.valid()) return {own, all.end()};
    const StreamMetrics* one = metrics_of(*streams, only);
    return one == nullptr ? std::span<const StreamMetrics>() : std::span(one, 1);
}

void sort_by(std::vector<FileMetrics>& files, std::string_view key) {
    const auto all = ir::all_metrics();
    const auto info = std::find_if(all.begin(), all.end(), [&](const ir::MetricInfo& one) { return one.key == key; });
    VSM_CHECK(info != all.end());
    // One entry per stream, so that the rows of all files can be sorted together.
    std::vector<std::pair<Rank, FileMetrics>> entries;
    for (const FileMetrics& file : files)
        for (const StreamMetrics& metrics : file.shown()) {
            FileMetrics one = file;
            one.only = metrics.stream;
            entries.push_back({rank_of(file, metrics, *info), std::move(one)});
        }
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    files.clear();
    for (auto& [rank, file] : entries) files.push_back(std::move(file));
}

}  // namespace vsm::runtime
