#include "runtime/reports/metrics/report_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/quotient.h"
#include "runtime/rework/rework.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::Element;
using ir::ElementId;

constexpr std::size_t name_width = 36, team_width = 14, bar_width = 24;

/// A time in the table: `~` marks a guess, `≥` a lower bound, `?` an unknown time.
Cell time_cell(const TimeFigure& figure, bool guess, const Calendar& calendar) {
    const std::string text = bounded_time(figure, calendar);
    if (figure.known) return {{(guess ? "~" : "") + text}};
    return {{text, Paint::open}};
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

/// The length of a time in the bar column, in cells.
std::size_t cells_of(double time, double scale) { return static_cast<std::size_t>(std::llround(scale * time)); }

/// The wait in whole cells, then the process time in eighths of a cell, then the rework in whole cells. Time that is
/// known only as the sum of wait and process goes between wait and process.
Cell bar(const ElementMetrics& metrics, double longest, std::size_t width) {
    Cell cell;
    const double lead = metrics.lead_time.microseconds, worked = metrics.process_time.microseconds;
    const double either = metrics.process_time.known && metrics.wait_time.known
                              ? 0
                              : std::max(0.0, lead - worked - metrics.wait_time.microseconds);
    if (const auto scale = share_of(static_cast<double>(width), longest); scale && lead + metrics.rework_time > 0) {
        const std::size_t eighths = std::max(cells_of(worked, 8 * *scale), std::size_t{worked > 0});
        const std::size_t length = cells_of(lead, *scale), whole = cells_of(lead + metrics.rework_time, *scale);
        const std::size_t work_cells = (eighths + 7) / 8;
        const std::size_t open = std::max(std::min(cells_of(either, *scale), length), std::size_t{either > 0});
        std::size_t waited = length > work_cells + open ? length - work_cells - open : 0;
        if (work_cells + waited + open == 0) waited = 1;
        static constexpr std::string_view parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
        const std::string work_text = repeated("█", eighths / 8) + std::string(parts[eighths % 8]);
        cell = {{repeated("░", waited), Paint::delay}, {repeated("╌", open), Paint::open}, {work_text, Paint::work}};
        const std::size_t drawn = work_cells + waited + open;
        if (whole > drawn) cell.push_back({repeated("▒", whole - drawn), Paint::open});
    }
    if (!metrics.lead_time.known || !metrics.rework_known) cell.push_back({"?", Paint::open});
    return cell;
}

bool is_leaf(const Element& element) {
    return ir::is_step(element) || std::holds_alternative<ir::Wait>(element.what) ||
           std::holds_alternative<ir::Queue>(element.what);
}

/// The table of one stream's elements.
class ElementTable {
public:
    explicit ElementTable(const Reported& reported)
        : reported_(reported), model_(*reported.file.model), stream_(reported.stream()), metrics_(reported.metrics),
          timed_(states_times(stream_, metrics_)) {
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
            const ElementId id = stream_.elements.id_at(i);
            if (is_leaf(stream_.elements[id]))
                longest_ = std::max(longest_,
                                    metrics_.elements[id].lead_time.microseconds + metrics_.elements[id].rework_time);
            reworked_ = reworked_ || metrics_.elements[id].rework_time > 0;
            const ElementMetrics& times = metrics_.elements[id];
            open_ = open_ || (is_leaf(stream_.elements[id]) && times.lead_time.known &&
                              !(times.process_time.known && times.wait_time.known));
        }
    }

    std::string for_terminal(bool color) {
        rows_.push_back(heading());
        if (timed_)
            rows_.front().push_back({{"░ wait ", Paint::delay},
                                     {"█ process", Paint::work},
                                     {reworked_ ? " ▒ rework" : "", Paint::open},
                                     {open_ ? " ╌ either" : "", Paint::open}});
        add(stream_.body.elements, 0);
        leave_empty_columns_out();
        std::vector<Column> columns{
            {false, 1}, {false, name_width}, {false, team_width}, {true}, {true}, {true}, {true}, {}};
        if (timed_) {
            fit(columns);
            add_bars(columns.back().widest);
        }
        return render_table(columns, rows_, color) + painted({terminal_legend(), Paint::faint}, color);
    }

    /// The table without bars.
    Section for_markdown() {
        Section section;
        section.columns = {{}, {}, {}, {true}, {true}, {true}, {true}};
        rows_.push_back(heading());
        add(stream_.body.elements, 0);
        section.rows = rows_;
        section.sentences = legend();
        return section;
    }

private:
    void leave_empty_columns_out() {
        for (std::size_t column = 2; column < 7; ++column)
            if (std::all_of(rows_.begin() + 1, rows_.end(),
                            [&](const auto& row) { return text_of(row[column]).empty(); }))
                rows_.front()[column] = {};
    }

    static std::string text_of(const Cell& cell) {
        std::string text;
        for (const Piece& piece : cell) text += piece.text;
        return text;
    }

    static std::vector<Cell> heading() {
        std::vector<Cell> cells{{}, {}};
        for (const std::string_view name : {"team", "process", "wait", "lead", "%C&A"})
            cells.push_back({{std::string(name), Paint::faint}});
        return cells;
    }

    void add_bars(std::size_t width) {
        for (std::size_t i = 1; i < rows_.size(); ++i) {
            const ElementMetrics& metrics = metrics_.elements[row_elements_[i - 1]];
            Cell cell;
            if (is_leaf(stream_.elements[row_elements_[i - 1]])) cell = bar(metrics, longest_, width);
            if (metrics.on_timeline == OnTimeline::no) make_faint(cell);
            rows_[i].push_back(std::move(cell));
        }
    }

    /// Gives the bars what the figures leave of the line; if that is too little, shortens the names.
    void fit(std::vector<Column>& columns) const {
        const auto used = [&] {
            std::size_t sum = 0;
            for (const std::size_t width : widths_of(columns, rows_)) sum += width > 0 ? width + 2 : 0;
            return sum;
        };
        const std::size_t heading = std::size_t{16} + (reworked_ ? 9 : 0) + (open_ ? 9 : 0);
        columns.back().widest = heading;
        const std::size_t all = used() - 2;
        if (all > line_width)
            columns[1].widest = std::min(name_width, widths_of(columns, rows_)[1]) - (all - line_width);
        if (all < line_width)
            columns.back().widest = std::min(std::max(bar_width, heading), heading + line_width - all);
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
        std::vector<Cell> cells(7);
        if (timed_)
            cells[0] =
                is_longest_with_rework(stream_, metrics_, id) ? Cell{{"▒", Paint::open}} : mark(metrics.on_timeline);
        cells[1] = {{std::string(2 * std::min<std::size_t>(depth, 6), ' ') + name(id, element)}};
        if (timed_) {
            const ir::ResolvedTimings& timings = model_.facts(metrics_.stream).elements[id].timings;
            cells[3] = time_cell(metrics.process_time, timings.process.guess, stream_.calendar);
            cells[4] = time_cell(metrics.wait_time, timings.wait.guess, stream_.calendar);
            cells[5] = time_cell(metrics.lead_time, timings.lead.guess, stream_.calendar);
        }
        if (const auto* step = ir::step_of(element)) {
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
        } else if (!ir::is_step(element)) {
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

    std::string title_of(const Element& element) const {
        return reported_.cell(element.title.value.empty() ? element.label : element.title.value);
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
        return fmt::format("{}% {}", percent_digits(share_of(id)), title);
    }

    double share_of(ElementId branch) const { return model_.facts(metrics_.stream).elements[branch].branch_share; }

    std::string teams(const ir::Step& step) const {
        std::string text;
        for (const ir::TeamId team : step.teams) {
            if (!text.empty()) text += ", ";
            text += reported_.cell(model_.model().teams[team].name.value);
        }
        return text;
    }

    std::vector<std::string> legend() const {
        bool off = false, undecided = false, moved = false;
        for (const auto& row : rows_) {
            if (row[0].empty()) continue;
            (row[0].front().text == "?" ? undecided : row[0].front().text == "╎" ? off : moved) = true;
        }
        std::vector<std::string> lines;
        if (off)
            lines.push_back("╎ not part of the lead time: a parallel path takes longer, or no item comes this way");
        if (moved) lines.push_back("▒ part of the lead time only with rework: rework makes this path the longest");
        if (undecided) lines.push_back("? perhaps part of the lead time: an unknown time decides");
        return lines;
    }

    std::string terminal_legend() const {
        std::string text;
        for (const std::string& line : legend()) text += line + "\n";
        return text;
    }

    const Reported& reported_;
    const ir::CheckedModel& model_;
    const ir::Stream& stream_;
    const StreamMetrics& metrics_;
    bool timed_;  ///< the table shows times
    double longest_ = 0;
    bool reworked_ = false;  ///< some bar has a rework part
    bool open_ = false;      ///< some bar has a part that is either wait or work
    std::vector<std::vector<Cell>> rows_;
    std::vector<ElementId> row_elements_;  ///< by row below the header
};

}  // namespace

bool states_times(const ir::Stream& stream, const StreamMetrics& metrics) {
    if (!stream.timings_unknown) return true;
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId id = stream.elements.id_at(i);
        const ElementMetrics& element = metrics.elements[id];
        const bool step = ir::is_step(stream.elements[id]);
        if (!step && !is_leaf(stream.elements[id])) continue;
        if (element.lead_time.known || element.lead_time.microseconds > 0) return true;
        if (step && (element.process_time.known || element.wait_time.known)) return true;
    }
    return stream.elements.empty();
}

std::string element_table(const Reported& reported, bool color) { return ElementTable(reported).for_terminal(color); }

Section element_section(const Reported& reported) { return ElementTable(reported).for_markdown(); }

}  // namespace vsm::runtime
