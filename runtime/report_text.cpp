#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/report.h"
#include "runtime/report_overview.h"
#include "runtime/report_sections.h"
#include "runtime/report_words.h"
#include "runtime/rework.h"
#include "runtime/text_table.h"

namespace vsm::runtime {
namespace {

using ir::Element;
using ir::ElementId;

constexpr std::size_t line_width = 100, name_width = 36, team_width = 14, bar_width = 24;

std::string title_of(const Element& element) {
    return one_line(element.title.value.empty() ? element.label : element.title.value);
}

std::string plural(std::size_t count, std::string_view one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

/// A time as the table shows it: what is known at least, and nothing that is known of at all.
Cell time_cell(const TimeFigure& figure, const Calendar& calendar) {
    if (figure.known) return {{format_duration(figure.microseconds, calendar)}};
    if (figure.microseconds <= 0) return {{"?", Paint::open}};
    return {{"≥ " + format_duration(figure.microseconds, calendar), Paint::open}};
}

Cell quality_cell(const ir::Step& step) {
    if (!step.quality) return {};
    const ir::Quality& quality = *step.quality;
    switch (quality.state) {
        case ir::Quality::State::unknown: return {{"?", Paint::open}};
        case ir::Quality::State::not_applicable: return {{"n/a", Paint::faint}};
        case ir::Quality::State::known: break;
    }
    const std::string text = quality.low == quality.high ? format_exactly(quality.low) : format_percent(quality.mean());
    return {{(quality.guess ? "~" : "") + text}};
}

std::string repeated(std::string_view cell, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += cell;
    return text;
}

/// Process time in eighths of a cell, after the waiting before it and before the rework after it in whole ones.
Cell bar(const ElementMetrics& metrics, double longest, std::size_t width) {
    Cell cell;
    if (longest > 0 && metrics.lead_time.microseconds + metrics.rework_time > 0) {
        const double scale = static_cast<double>(width) / longest;
        const auto eighths = static_cast<std::size_t>(std::llround(8 * scale * metrics.process_time.microseconds));
        const std::size_t worked = std::max(eighths, std::size_t{metrics.process_time.microseconds > 0});
        const auto length = static_cast<std::size_t>(std::llround(scale * metrics.lead_time.microseconds));
        const auto whole = static_cast<std::size_t>(std::llround(scale * (metrics.lead_time.microseconds + metrics.rework_time)));
        const std::size_t work_cells = (worked + 7) / 8;
        std::size_t waited = length > work_cells ? length - work_cells : 0;
        if (work_cells + waited == 0) waited = 1;
        static constexpr std::string_view parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
        const std::string work_text = repeated("█", worked / 8) + std::string(parts[worked % 8]);
        cell = {{repeated("░", waited), Paint::delay}, {work_text, Paint::work}};
        const std::size_t drawn = work_cells + waited;
        if (whole > drawn) cell.push_back({repeated("▒", whole - drawn), Paint::open});
    }
    if (!metrics.lead_time.known) cell.push_back({"?", Paint::open});
    return cell;
}

/// The table of one stream's elements.
class ElementTable {
public:
    ElementTable(const ir::CheckedModel& model, const StreamMetrics& metrics)
        : model_(model), stream_(model.stream(metrics.stream)), metrics_(metrics) {
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
            const ElementId id = stream_.elements.id_at(i);
            if (is_leaf(stream_.elements[id]))
                longest_ = std::max(longest_, metrics.elements[id].lead_time.microseconds + metrics.elements[id].rework_time);
            reworked_ = reworked_ || metrics.elements[id].rework_time > 0;
        }
    }

    std::string render(bool color) {
        rows_.push_back({{},
                         {},
                         {{"team", Paint::faint}},
                         {{"process", Paint::faint}},
                         {{"wait", Paint::faint}},
                         {{"lead", Paint::faint}},
                         {{"%C&A", Paint::faint}},
                         {{"░ wait ", Paint::delay}, {"█ process", Paint::work}, {reworked_ ? " ▒ rework" : "", Paint::open}}});
        add(stream_.body.elements, 0);
        std::vector<Column> columns{
            {false, 1}, {false, name_width}, {false, team_width}, {true}, {true}, {true}, {true}, {}};
        fit(columns);
        for (std::size_t i = 1; i < rows_.size(); ++i) {
            const ElementMetrics& metrics = metrics_.elements[row_elements_[i - 1]];
            Cell& cell = rows_[i].back();
            if (is_leaf(stream_.elements[row_elements_[i - 1]])) cell = bar(metrics, longest_, columns.back().widest);
            if (metrics.on_timeline == OnTimeline::no) make_faint(cell);
        }
        return render_table(columns, rows_, color) + legend(color);
    }

private:
    static bool is_leaf(const Element& element) {
        return std::holds_alternative<ir::Step>(element.what) || std::holds_alternative<ir::Wait>(element.what) ||
               std::holds_alternative<ir::Queue>(element.what);
    }

    /// What the figures leave of the line goes to the bars; where that is too little, the names give way.
    void fit(std::vector<Column>& columns) const {
        const auto used = [&] {
            std::size_t sum = 0;
            for (const std::size_t width : widths_of(columns, rows_)) sum += width > 0 ? width + 2 : 0;
            return sum;
        };
        const std::size_t heading = reworked_ ? 25 : 16;
        columns.back().widest = heading;
        const std::size_t all = used() - 2;
        if (all > line_width)
            columns[1].widest = std::min(name_width, widths_of(columns, rows_)[1]) - (all - line_width);
        if (all < line_width) columns.back().widest = std::min(std::max(bar_width, heading), heading + line_width - all);
    }

    static void make_faint(Cell& cell) {
        for (Piece& piece : cell) piece.paint = Paint::faint;
    }

    void add(const std::vector<ElementId>& ids, std::size_t depth) {
        for (const ElementId id : ids) {
            const Element& element = stream_.elements[id];
            const auto* branch = std::get_if<ir::Branch>(&element.what);
            if (branch != nullptr && branch->implicit) {
                add(branch->body.elements, depth);
                continue;
            }
            row(id, element, depth);
            add(ir::children_of(element), depth + 1);
        }
    }

    void row(ElementId id, const Element& element, std::size_t depth) {
        const ElementMetrics& metrics = metrics_.elements[id];
        std::vector<Cell> cells(8);
        cells[0] = mark(metrics.on_timeline);
        cells[1] = {{std::string(2 * std::min<std::size_t>(depth, 6), ' ') + name(id, element)}};
        cells[3] = time_cell(metrics.process_time, stream_.calendar);
        cells[4] = time_cell(metrics.wait_time, stream_.calendar);
        cells[5] = time_cell(metrics.lead_time, stream_.calendar);
        if (const auto* step = std::get_if<ir::Step>(&element.what)) {
            cells[2] = {{teams(*step)}};
            cells[6] = quality_cell(*step);
        } else if (const auto* queue = std::get_if<ir::Queue>(&element.what)) {
            cells[2] = {
                {format_number(queue->items.value()) + (queue->items.value() == 1 ? " item" : " items"), Paint::faint}};
        }
        if (!is_leaf(element)) {
            for (Cell& cell : cells)
                for (Piece& piece : cell)
                    if (piece.paint == Paint::plain) piece.paint = Paint::strong;
        } else if (!std::holds_alternative<ir::Step>(element.what)) {
            cells[3] = {};
        }
        if (metrics.on_timeline == OnTimeline::no)
            for (Cell& cell : cells) make_faint(cell);
        rows_.push_back(std::move(cells));
        row_elements_.push_back(id);
    }

    static Cell mark(OnTimeline on) {
        switch (on) {
            case OnTimeline::yes: return {};
            case OnTimeline::no: return {{"╎", Paint::faint}};
            case OnTimeline::undecided: return {{"?", Paint::open}};
        }
        return {};
    }

    std::string name(ElementId id, const Element& element) const {
        const bool named = !element.title.value.empty() || !element.name.value.empty();
        if (std::holds_alternative<ir::Parallel>(element.what))
            return named ? title_of(element) + ", side by side" : "side by side";
        if (std::holds_alternative<ir::Choose>(element.what)) return named ? title_of(element) + ", one of" : "one of";
        if (std::holds_alternative<ir::Queue>(element.what)) return named ? title_of(element) : "queue";
        if (std::holds_alternative<ir::Wait>(element.what)) return named ? title_of(element) : "wait";
        if (!std::holds_alternative<ir::Branch>(element.what)) return title_of(element);
        const bool chosen = std::holds_alternative<ir::Choose>(stream_.elements[element.parent].what);
        const std::string title = named ? title_of(element) : std::string("branch");
        if (!chosen) return title;
        return fmt::format("{}% {}", format_number(std::round(share_of(id) * 1000) / 10), title);
    }

    double share_of(ElementId branch) const { return model_.facts(metrics_.stream).elements[branch].branch_share; }

    std::string teams(const ir::Step& step) const {
        std::string text;
        for (const ir::TeamId team : step.teams) {
            if (!text.empty()) text += ", ";
            text += one_line(model_.model().teams[team].name.value);
        }
        return text;
    }

    std::string legend(bool color) const {
        std::string text;
        bool off = false, undecided = false;
        for (const auto& row : rows_) {
            if (row[0].empty()) continue;
            (row[0].front().text == "?" ? undecided : off) = true;
        }
        if (off) text += "╎ not part of the lead time: something beside it takes longer, or nothing comes this way\n";
        if (undecided) text += "? perhaps part of the lead time: an unknown time decides\n";
        return painted({text, Paint::faint}, color);
    }

    const ir::CheckedModel& model_;
    const ir::Stream& stream_;
    const StreamMetrics& metrics_;
    double longest_ = 0;
    bool reworked_ = false;  ///< some bar has a part for rework
    std::vector<std::vector<Cell>> rows_;
    std::vector<ElementId> row_elements_;  ///< of each row below the heading
};

/// `2 of 9 steps`, or `3 elements` where waits are among them.
std::string count_of_unknown(const ir::Stream& stream, const StreamMetrics& metrics,
                             const std::vector<ElementId>& because) {
    const bool steps_only = std::all_of(because.begin(), because.end(), [&](ElementId id) {
        return std::holds_alternative<ir::Step>(stream.elements[id].what);
    });
    return steps_only ? fmt::format("{} of {}", because.size(), plural(metrics.steps, "step"))
                      : plural(because.size(), "element");
}

const std::vector<ElementId>* causes_of(const StreamMetrics& metrics, ir::Metric metric) {
    for (const Unknown& unknown : metrics.unknown)
        if (unknown.metric == metric) return &unknown.because;
    return nullptr;
}

/// The totals under a stream's table.
class Summary {
public:
    Summary(const ir::Stream& stream, const StreamMetrics& metrics) : stream_(stream), metrics_(metrics), rework_(has_rework(stream)) {}

    std::string render(bool color) {
        time("lead time", ir::Metric::lead_time, &Figures::lead_time);
        if (rework_) expected("  with rework", ir::Metric::expected_lead_time, metrics_.expected.lead_time, metrics_.mean.lead_time);
        time("process time", ir::Metric::process_time, &Figures::process_time);
        if (rework_) expected("  with rework", ir::Metric::expected_process_time, metrics_.expected.process_time, metrics_.mean.process_time);
        if (metrics_.mean.total_process_time != metrics_.mean.process_time)
            time("total process time", ir::Metric::total_process_time, &Figures::total_process_time);
        ratio("activity ratio", ir::Metric::activity_ratio, &Figures::activity_ratio);
        if (metrics_.mean.pce || causes_of(metrics_, ir::Metric::pce) != nullptr)
            ratio("process cycle efficiency", ir::Metric::pce, &Figures::pce);
        quality();
        if (rework_) row("first-pass yield", format_percent(metrics_.expected.first_pass_yield), "share of the items that meet no rework");
        load();
        row("steps", fmt::format("{}{}", metrics_.steps, handoffs()), "");
        unknown();
        std::vector<Column> columns(3);
        const std::vector<std::size_t> widths = widths_of(columns, rows_);
        columns[1].widest = line_width - 2 - widths[0];
        columns[2].widest = line_width - 2 - std::min(line_width - 2, widths[0] + 2 + widths[1]);
        return render_table(columns, rows_, color);
    }

private:
    void row(std::string_view name, std::string value, std::string ends) {
        rows_.push_back(
            {{{std::string(name)}}, {{std::move(value), Paint::strong}}, {{std::move(ends), Paint::faint}}});
    }

    std::string text(const TimeFigure& figure) const {
        const std::string time = format_duration(figure.microseconds, stream_.calendar);
        if (figure.known) return time;
        return figure.microseconds > 0 ? "at least " + time : "unknown";
    }

    /// Shorter than text(), for the ends of ranges.
    std::string short_text(const TimeFigure& figure) const {
        const std::string time = format_duration(figure.microseconds, stream_.calendar);
        return figure.known ? time : "≥ " + time;
    }

    static std::string ends(const std::string& value, const std::string& best, const std::string& worst) {
        return best == value && worst == value ? "" : fmt::format("best {}, worst {}", best, worst);
    }

    /// `, 2 of 9 steps unknown`.
    std::string missing(ir::Metric metric, bool any_known) const {
        const auto* because = causes_of(metrics_, metric);
        if (because == nullptr) return "";
        const std::string count = count_of_unknown(stream_, metrics_, *because);
        return any_known ? fmt::format(", {} unknown", count) : fmt::format(", {}", count);
    }

    void time(std::string_view name, ir::Metric metric, TimeFigure Figures::*figure) {
        const TimeFigure& mean = metrics_.mean.*figure;
        const std::string value = text(mean);
        row(name, value + missing(metric, mean.microseconds > 0),
            ends(short_text(mean), short_text(metrics_.best.*figure), short_text(metrics_.worst.*figure)));
    }

    void expected(std::string_view name, ir::Metric metric, const TimeFigure& figure, const TimeFigure& drawn) {
        if (metrics_.expected.endless) return row(name, "beyond measure: an item would come back for ever", "");
        std::string more;
        if (figure.known && drawn.known && drawn.microseconds > 0 && figure.microseconds > drawn.microseconds * (1 + 1e-9))
            more = fmt::format("{:.{}f}% more", 100 * (figure.microseconds / drawn.microseconds - 1), figure.microseconds < 1.1 * drawn.microseconds ? 1 : 0);
        if (metrics_.expected.approximate) more += more.empty() ? "approximate" : ", approximate";
        row(name, text(figure) + missing(metric, figure.microseconds > 0), more);
    }

    void load() {
        const Load& load = metrics_.load;
        const auto words = [&](ir::Metric metric, double value) { return figure_text(metric, value, stream_); };
        if (load.takt) row("takt", words(ir::Metric::takt, *load.takt), "working time an item");
        if (load.throughput && stream_.demand)
            row("throughput", words(ir::Metric::throughput, *load.throughput),
                fmt::format("of {} asked", words(ir::Metric::throughput, stream_.demand->per_second())));
        if (load.wip) row("work in progress", short_number(*load.wip) + (*load.wip == 1 ? " item" : " items"), "");
        if (load.effort_fte) row("effort", short_number(*load.effort_fte) + (*load.effort_fte == 1 ? " person" : " people"), "full time");
        if (load.cost) row("cost", short_number(*load.cost), "an item");
    }

    static std::string text(const std::optional<double>& ratio) { return ratio ? format_percent(*ratio) : "unknown"; }

    void ratio(std::string_view name, ir::Metric metric, std::optional<double> Figures::*figure) {
        const std::string value = text(metrics_.mean.*figure);
        row(name, value + missing(metric, false),
            ends(value, text(metrics_.best.*figure), text(metrics_.worst.*figure)));
    }

    static std::string text(const QualityFigure& quality) {
        if (quality.at_most) return "at most " + format_percent(*quality.at_most);
        return quality.value ? format_percent(*quality.value) : "not stated";
    }

    void quality() {
        if (!metrics_.mean.rolled_ca.value && !metrics_.mean.rolled_ca.at_most && causes_of(metrics_, ir::Metric::rolled_ca) == nullptr) return;
        const std::string value = text(metrics_.mean.rolled_ca);
        std::string skipped;
        if (metrics_.rolled_ca_skipped > 0 && metrics_.mean.rolled_ca.value)
            skipped = fmt::format(", {} without", plural(metrics_.rolled_ca_skipped, "step"));
        row("rolled %C&A", value + missing(ir::Metric::rolled_ca, true) + skipped,
            ends(value, text(metrics_.best.rolled_ca), text(metrics_.worst.rolled_ca)));
    }

    /// Where nobody is named, nothing can be said of handing over.
    std::string handoffs() const {
        const bool any_team = std::any_of(stream_.elements.begin(), stream_.elements.end(), [](const Element& element) {
            const auto* step = std::get_if<ir::Step>(&element.what);
            return step != nullptr && !step->teams.empty();
        });
        return any_team ? ", " + plural(metrics_.handoffs, "handoff") : "";
    }

    /// Whom to ask: every element that some figure waits for, in the order written.
    void unknown() {
        std::vector<char> seen(stream_.elements.size());
        for (const Unknown& one : metrics_.unknown)
            for (const ElementId id : one.because) seen[id.index] = 1;
        constexpr std::size_t shown = 6;
        std::string names;
        std::size_t count = 0;
        for (std::size_t i = 0; i < seen.size(); ++i) {
            if (!seen[i] || ++count > shown) continue;
            if (!names.empty()) names += ", ";
            names += cut_to(one_line(stream_.elements[stream_.elements.id_at(i)].label), 24);
        }
        if (count == 0) return;
        if (count > shown) names += fmt::format(" and {} more", count - shown);
        row("still to find out", names, "");
    }

    const ir::Stream& stream_;
    const StreamMetrics& metrics_;
    bool rework_;
    std::vector<std::vector<Cell>> rows_;
};

std::string origin_of(const FileMetrics& file, const ir::Stream& stream) {
    if (!stream.future) return "";
    std::string text = fmt::format("future of {}", file.model->stream(stream.future->of).name.value);
    if (stream.future->by) text += fmt::format(" by {}", format_date(*stream.future->by));
    return text;
}

std::string in_full(const FileMetrics& file, const StreamMetrics& metrics, bool color) {
    const ir::Stream& stream = file.model->stream(metrics.stream);
    std::string text = painted({one_line(stream.name.value), Paint::strong}, color);
    if (!stream.title.value.empty())
        text += "  " + cut_to(one_line(stream.title.value), 98 - std::min<std::size_t>(stream.name.value.size(), 64));
    text += "\n";
    std::string basis = fmt::format("working time, {}", format_calendar(stream.calendar));
    if (stream.future) basis = fmt::format("{}; {}", origin_of(file, stream), basis);
    text += painted({basis, Paint::faint}, color) + "\n";
    const Reported reported{file, metrics, color};
    text += goals_section(reported) + "\n";
    text += ElementTable(*file.model, metrics).render(color) + "\n";
    text += Summary(stream, metrics).render(color);
    text += constraints_section(reported) + levers_section(reported) + observations_section(reported) + comparison_section(reported) + dora_section(reported);
    return text;
}

}  // namespace

std::string metrics_text(std::span<const FileMetrics> files, ReportStyle style) {
    if (files.size() > 1) return overview(files, style.color);
    std::string text;
    for (const FileMetrics& file : files) {
        for (const StreamMetrics& metrics : file.streams) {
            if (!file.shows(metrics)) continue;
            if (!text.empty()) text += "\n\n";
            text += in_full(file, metrics, style.color);
        }
    }
    return text;
}

}  // namespace vsm::runtime
