#include <fmt/format.h>

#include <algorithm>

#include "base/writers/markdown.h"
#include "runtime/reports/metrics/report.h"
#include "runtime/reports/metrics/report_overview.h"
#include "runtime/reports/metrics/report_summary.h"
#include "runtime/reports/metrics/report_table.h"
#include "runtime/rework/rework.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

/// Trims blanks, which would break the markup of bold text.
std::string name_text(const FileMetrics& file, const ir::Stream& stream) {
    std::string text = stream.title.value.empty() ? stream.name.value : stream.title.value;
    if (stream.future) text += ", future of " + file.model->stream(stream.future->of).name.value;
    constexpr std::string_view blanks = " \t\r\n";
    text.erase(text.find_last_not_of(blanks) + 1);
    text.erase(0, std::min(text.find_first_not_of(blanks), text.size()));
    return markdown_text(text.empty() ? stream.name.value : text);
}

// ---- tables ----

/// A table with one row per stream.
class Streams {
public:
    Streams(std::span<const FileMetrics> files, std::string_view sorted_by) : files_(files) {
        each([&](const FileMetrics& file, const StreamMetrics& metrics) {
            rework_ = rework_ || has_rework(file.model->stream(metrics.stream));
        });
        extra_ = extra_figure(sorted_by, rework_);
    }

    std::string table() const {
        std::string text = "| Stream |";
        if (extra_) text += fmt::format(" {} |", words_of(*extra_));
        text += fmt::format(" Steps | Lead time {}| Process time | Activity ratio | {} | Working time |\n",
                            rework_ ? "with rework | As drawn " : "", markdown_text("Rolled %C&A"));
        text += fmt::format("|---|{}---:|---:|---:|---:|{}---:|---|\n", extra_ ? "---:|" : "", rework_ ? "---:|" : "");
        each([&](const FileMetrics& file, const StreamMetrics& metrics) { text += row(file, metrics); });
        return text;
    }

private:
    template <class Visit>
    void each(const Visit& visit) const {
        for (const FileMetrics& file : files_)
            for (const StreamMetrics& metrics : file.shown()) visit(file, metrics);
    }

    std::string row(const FileMetrics& file, const StreamMetrics& metrics) const {
        const ir::Stream& stream = file.model->stream(metrics.stream);
        const Figures& mean = metrics.mean;
        std::vector<std::string> cells{name_text(file, stream)};
        if (extra_) {
            const MetricValue value = value_of(file.model->model(), stream, metrics, *extra_);
            const std::string text = bounded_text(*extra_, value, stream);
            cells.push_back(text.empty() ? "?" : text);
        }
        cells.push_back(fmt::format("{}", metrics.steps));
        const bool reworked = rework_ && has_rework(stream);
        cells.push_back(time_text(reworked ? metrics.expected.lead_time : mean.lead_time, stream.calendar));
        if (rework_) cells.push_back(reworked ? time_text(mean.lead_time, stream.calendar) : "");
        cells.push_back(time_text(mean.process_time, stream.calendar));
        cells.push_back(activity_text(metrics));
        cells.push_back(quality_text(metrics));
        cells.push_back(format_calendar(stream.calendar));
        return fmt::format("| {} |\n", fmt::join(cells, " | "));
    }

    std::span<const FileMetrics> files_;
    bool rework_ = false;
    std::optional<ir::Metric> extra_;
};

/// Replaces leading spaces, which Markdown drops, to keep the indentation.
std::string cell_text(const Cell& cell) {
    std::string text;
    for (const Piece& piece : cell) text += piece.text;
    const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
    std::string indent;
    for (std::size_t i = 0; i < begin / 2; ++i) indent += "&emsp;";
    return indent + markdown_text(std::string_view(text).substr(begin));
}

/// Omits empty columns.
std::string table_of(const Section& section) {
    if (section.rows.size() < 2) return "";
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < section.columns.size(); ++i)
        if (std::any_of(section.rows.begin() + 1, section.rows.end(),
                        [&](const auto& row) { return i < row.size() && !cell_text(row[i]).empty(); }))
            columns.push_back(i);
    std::string text = "\n", rule = "|";
    for (const auto& row : section.rows) {
        text += "|";
        for (const std::size_t i : columns) text += fmt::format(" {} |", i < row.size() ? cell_text(row[i]) : "");
        text += "\n";
        if (&row != &section.rows.front()) continue;
        for (const std::size_t i : columns) rule += section.columns[i].right ? "---:|" : "---|";
        text += rule + "\n";
    }
    return text;
}

std::string text_of(const Section& section) {
    if (section.empty()) return "";
    std::string text;
    if (!section.heading.empty()) text = fmt::format("\n**{}**\n", section.heading);
    if (!section.sentences.empty()) text += "\n";
    for (const std::string& sentence : section.sentences) text += fmt::format("- {}\n", sentence);
    return text + table_of(section);
}

// ---- first line ----

bool is_reached(const JudgedTarget& judged) {
    return judged.verdict == Verdict::met || judged.verdict == Verdict::met_by_future;
}

const JudgedTarget* worst_of(const std::vector<JudgedTarget>& judged) {
    const auto worst = std::max_element(judged.begin(), judged.end(), [](const JudgedTarget& a, const JudgedTarget& b) {
        return a.verdict < b.verdict;
    });
    return worst == judged.end() ? nullptr : &*worst;
}

/// `misses 1 of 2 targets`.
std::string verdict_text(const std::vector<JudgedTarget>& judged, Verdict worst) {
    const auto count =
        std::count_if(judged.begin(), judged.end(), [&](const JudgedTarget& one) { return one.verdict == worst; });
    const bool all = count == static_cast<std::ptrdiff_t>(judged.size());
    const std::string targets = judged.size() == 1  ? "its target"
                                : all && count == 2 ? std::string("both targets")
                                : all               ? fmt::format("all {} targets", count)
                                                    : fmt::format("{} of {} targets", count, judged.size());
    switch (worst) {
        case Verdict::met: return "meets " + targets;
        case Verdict::met_by_future:
            return fmt::format("misses {}, but a future will meet {}", targets, count == 1 ? "it" : "them");
        case Verdict::met_too_late: return fmt::format("will meet {} too late", targets);
        case Verdict::not_met: return "misses " + targets;
        case Verdict::unknown: return fmt::format("may or may not meet {}: a figure is unknown", targets);
    }
    return "";
}

/// `takes 8d4h of working time, 6.9% of it work`; with rework, the time including it comes first.
std::string taken_text(const ir::Stream& stream, const StreamMetrics& metrics) {
    const TimeFigure &drawn = metrics.mean.lead_time, &expected = metrics.expected.lead_time;
    if (!drawn.known && drawn.microseconds <= 0) return "has a lead time that is not known yet";
    const std::string as_drawn = time_text(drawn, stream.calendar);
    std::string work =
        metrics.mean.activity_ratio ? fmt::format("{} of it work", format_percent(*metrics.mean.activity_ratio)) : "";
    if (metrics.expected.endless)
        return fmt::format("sends items back forever; as drawn it takes {} of working time{}{}", as_drawn,
                           work.empty() ? "" : ", ", work);
    const std::string taken = time_text(expected, stream.calendar);
    if (!has_rework(stream) || taken == as_drawn)
        return fmt::format("takes {} of working time{}{}", as_drawn, work.empty() ? "" : ", ", work);
    return fmt::format("takes {} of working time with rework ({} as drawn{}{})", taken, as_drawn,
                       work.empty() ? "" : ", ", work);
}

/// For one stream: its worst target, else its lead time; then the best lever.
std::string lead_of(const FileMetrics& file, const StreamMetrics& metrics) {
    const ir::Stream& stream = file.model->stream(metrics.stream);
    const Reported reported{file, metrics, Medium::markdown};
    std::string text = fmt::format("**{}** ", name_text(file, stream));
    const auto judged = targets_of(file, metrics);
    if (const JudgedTarget* worst = worst_of(judged)) {
        text += fmt::format("{}: {}", verdict_text(judged, worst->verdict), judged_text(*worst, reported));
    } else {
        text += taken_text(stream, metrics);
    }
    const auto levers = top_levers(metrics);
    if (!levers.empty()) text += fmt::format(". What would help most: {}", sentence_of(levers.front(), reported));
    return text + ".\n";
}

/// For several streams: the totals, then the worst missed target.
std::string lead_of(std::span<const FileMetrics> files) {
    std::string text = fmt::format("**{}**", fmt::join(sentences_of(portfolio_of(files)), "; "));
    std::string missed;
    Verdict verdict = Verdict::met_by_future;
    for (const FileMetrics& file : files) {
        for (const StreamMetrics& metrics : file.shown()) {
            const ir::Stream& stream = file.model->stream(metrics.stream);
            if (stream.future) continue;
            const auto judged = targets_of(file, metrics);
            const JudgedTarget* worst = worst_of(judged);
            if (worst == nullptr || is_reached(*worst) || worst->verdict <= verdict) continue;
            verdict = worst->verdict;
            const Reported reported{file, metrics, Medium::markdown};
            missed = fmt::format("{} {}: {}", reported.name(stream.name.value), verdict_text(judged, verdict),
                                 judged_text(*worst, reported));
        }
    }
    return text + (missed.empty() ? "" : ". " + missed) + ".\n";
}

// ---- folded part ----

std::string figures_of(const FileMetrics& file, const StreamMetrics& metrics) {
    const Reported reported{file, metrics, Medium::markdown};
    const ir::Stream& stream = reported.stream();
    std::string text = fmt::format("\nworking time, {}", format_calendar(stream.calendar));
    if (stream.future && stream.future->by) text += fmt::format("; by {}", format_date(*stream.future->by));
    if (!stream.future && stream.outcome.given())
        text += fmt::format("; to achieve: {}", markdown_text(stream.outcome.value));
    text += "\n" + text_of(targets_section(reported));
    const Section elements = element_section(reported);
    text += table_of(elements);
    if (!elements.sentences.empty()) text += fmt::format("\n{}\n", fmt::join(elements.sentences, "; "));
    text += text_of(summary_section(reported));
    for (const Section& section : sections_below(reported)) text += text_of(section);
    return text;
}

std::string in_full(const FileMetrics& file, const StreamMetrics& metrics) {
    return fmt::format("\n#### {}\n", name_text(file, file.model->stream(metrics.stream))) + figures_of(file, metrics);
}

std::string in_short(const FileMetrics& file, const StreamMetrics& metrics) {
    const Reported reported{file, metrics, Medium::markdown};
    const std::string body = text_of(targets_section(reported)) + text_of(levers_section(reported)) +
                             text_of(observations_section(reported));
    return body.empty() ? "" : fmt::format("\n#### {}\n", name_text(file, reported.stream())) + body;
}

const StreamMetrics* first_shown(const FileMetrics& file) {
    const auto shown = file.shown();
    return shown.empty() ? nullptr : &shown.front();
}

}  // namespace

std::string metrics_markdown(std::span<const FileMetrics> files, ReportStyle style) {
    if (files.empty()) return "";
    const bool one = files.size() == 1 && style.sorted_by.empty();
    std::string text;
    if (!one)
        text = lead_of(files);
    else if (const StreamMetrics* first = first_shown(files.front()))
        text = lead_of(files.front(), *first);
    text += "\n<details><summary>All figures</summary>\n\n" + Streams(files, style.sorted_by).table();
    for (const FileMetrics& file : files)
        for (const StreamMetrics& metrics : file.shown())
            text += one ? in_full(file, metrics) : in_short(file, metrics);
    return text + "\n</details>\n";
}

std::string stream_markdown(const FileMetrics& file, const StreamMetrics& metrics, std::string_view diagram) {
    std::string text = lead_of(file, metrics) + "\n";
    if (!diagram.empty()) text += markdown_block("mermaid", diagram) + "\n";
    return text + "<details><summary>All figures</summary>\n" + figures_of(file, metrics) + "\n</details>\n";
}

}  // namespace vsm::runtime
