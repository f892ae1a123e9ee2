#include "backends/svg/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "backends/support/facts.h"
#include "backends/svg/arcs.h"
#include "backends/svg/build_blocks.h"
#include "backends/svg/place.h"
#include "backends/svg/text_fit.h"

namespace vsm::backends::svg {
namespace {

using ir::ElementId;

constexpr double margin = 24;
constexpr double gutter = 18;            ///< left and right of the rows, where the way to the next row runs
constexpr double widest_row = 1260;
constexpr double band_step = 10;         ///< more room where a stage begins or ends
constexpr double ladder_height = 62;
constexpr double row_gap = 30;
constexpr double header_size = 18;
constexpr double note_size = 12;
constexpr double summary_height = 50;

struct Row {
    std::size_t first = 0, last = 0;  ///< items, the last one not of it
    double top = 0, baseline = 0, bottom = 0;
    std::size_t depth = 0;            ///< of stages in one another
};

std::size_t common_stages(const RowItem& a, const RowItem& b) {
    std::size_t count = 0;
    while (count < a.stages.size() && count < b.stages.size() && a.stages[count] == b.stages[count]) ++count;
    return count;
}

class Layout {
public:
    Layout(const BackendInput& input, const runtime::StreamMetrics& metrics)
        : input_(input), stream_(input.map()), metrics_(metrics), contents_(input, metrics) {}

    Picture run() {
        items_ = BlockBuilder(stream_, contents_, blocks_).run();
        break_rows();
        place_columns();
        arcs_ = plan_arcs(input_, places(), blocks_, spans_);
        place_rows();
        for (const Row& row : rows_) draw_row(row);
        draw_arcs();
        add_summary();
        add_legend();
        picture_.width += margin;
        picture_.height += margin;
        return std::move(picture_);
    }

private:
    // ---- rows and columns ----

    /// Room before an item: for its arrow, and for the sides of stages that end and begin there.
    double gap_before(std::size_t item, bool first_of_row) const {
        const RowItem& now = items_[item];
        if (first_of_row) return static_cast<double>(now.stages.size()) * band_step;
        const RowItem& before = items_[item - 1];
        const std::size_t common = common_stages(before, now);
        return gap + static_cast<double>(before.stages.size() + now.stages.size() - 2 * common) * band_step;
    }
    double gap_after_last(std::size_t item) const { return static_cast<double>(items_[item].stages.size()) * band_step; }

    /// The rows when none may be wider than that, unless a single item is.
    std::vector<Row> rows_within(double widest) const {
        std::vector<Row> rows;
        double x = 0;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const double width = blocks_[items_[i].block].width;
            // the first and the last box, which are no part of the work, do not stand in a row alone
            const double room = i == 1 ? std::numeric_limits<double>::max() : i + 1 == items_.size() ? widest + terminal_box + gap + 20 : widest;
            const bool fits = !rows.empty() && x + gap_before(i, false) + width + gap_after_last(i) <= room;
            if (!fits) {
                rows.push_back({i, i, 0, 0, 0, 0});
                x = 0;
            }
            x += gap_before(i, !fits) + width;
            rows.back().last = i + 1;
        }
        return rows;
    }

    /// As few rows as there can be, about as long as one another.
    void break_rows() {
        rows_ = rows_within(widest_row);
        double low = 0, high = widest_row;
        for (int round = 0; round < 8 && rows_.size() > 1; ++round) {
            const double middle = (low + high) / 2;
            std::vector<Row> tried = rows_within(middle);
            if (tried.size() <= rows_.size()) {
                rows_ = std::move(tried);
                high = middle;
            } else {
                low = middle;
            }
        }
    }

    void place_columns() {
        double right = 0;
        for (Row& row : rows_) {
            double x = margin + gutter;
            for (std::size_t i = row.first; i < row.last; ++i) {
                x += gap_before(i, i == row.first);
                place_x(blocks_, items_[i].block, x);
                x += blocks_[items_[i].block].width;
                row.depth = std::max(row.depth, items_[i].stages.size());
            }
            right = std::max(right, x + gap_after_last(row.last - 1));
        }
        for (std::size_t i = 0; i < rows_.size(); ++i) spans_.push_back({margin + gutter - 6, right + 6, {}});
        picture_.width = right + gutter;
    }

    Places places() const {
        Places places{blocks_, std::vector<std::size_t>(stream_.elements.size(), no_block), std::vector<std::size_t>(blocks_.size(), 0)};
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            for (std::size_t i = rows_[row].first; i < rows_[row].last; ++i) {
                note_places(items_[i].block, row, places);
                for (const ElementId stage : items_[i].stages)
                    if (places.block_of[stage.index] == no_block) places.block_of[stage.index] = items_[i].block;
            }
        }
        // a branch is where its first element is
        for (std::size_t i = stream_.elements.size(); i-- > 0;) {
            if (places.block_of[i] != no_block) continue;
            const std::vector<ElementId>& children = children_of(stream_.elements[stream_.elements.id_at(i)]);
            const std::size_t parent = stream_.elements[stream_.elements.id_at(i)].parent.index;
            places.block_of[i] = children.empty() ? places.block_of[parent] : places.block_of[children.front().index];
        }
        return places;
    }

    void note_places(std::size_t block, std::size_t row, Places& places) const {
        places.row_of[block] = row;
        if (blocks_[block].element.valid()) places.block_of[blocks_[block].element.index] = block;
        for (const std::size_t child : blocks_[block].children) note_places(child, row, places);
    }

    void place_rows() {
        add_header();
        double y = picture_.height;
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            Row& row = rows_[r];
            row.top = y;
            double above = 0, below = 0;
            for (std::size_t i = row.first; i < row.last; ++i) {
                measure_y(blocks_, items_[i].block);
                above = std::max(above, blocks_[items_[i].block].above);
                below = std::max(below, blocks_[items_[i].block].below);
            }
            const double arcs = static_cast<double>(spans_[r].channel.levels) * channel_height;
            row.baseline = y + arcs + static_cast<double>(row.depth) * band_title + above + 6;
            row.bottom = row.baseline + below + 8 + static_cast<double>(row.depth) * 6;
            for (std::size_t i = row.first; i < row.last; ++i) place_y(blocks_, items_[i].block, row.baseline);
            y = row.bottom + ladder_height + row_gap;
        }
        picture_.height = y - row_gap + 8;
    }

    // ---- drawing ----

    void draw_row(const Row& row) {
        const std::size_t number = static_cast<std::size_t>(&row - rows_.data());
        draw_bands(row, spans_[number].channel.levels);
        Drawing drawing(blocks_, metrics_, stream_, picture_);
        for (std::size_t i = row.first; i < row.last; ++i) {
            drawing.draw(items_[i].block);
            if (i > row.first) drawing.connect(drawing.exits(items_[i - 1].block), drawing.entries(items_[i].block));
        }
        if (number + 1 < rows_.size()) draw_way_on(drawing, row, rows_[number + 1]);
        Ladder ladder{{}, row.bottom + 18, row.bottom + 40};
        for (std::size_t i = row.first; i < row.last; ++i) drawing.add_rungs(items_[i].block, ladder);
        std::stable_sort(ladder.rungs.begin(), ladder.rungs.end(), [](const Rung& a, const Rung& b) { return a.from < b.from; });
        picture_.ladders.push_back(std::move(ladder));
    }

    /// From the end of one row to the beginning of the next, round the outside.
    void draw_way_on(Drawing& drawing, const Row& row, const Row& next) {
        const double right = picture_.width - gutter / 2, left = margin + 4, between = row.bottom + ladder_height + row_gap / 2 - 4;
        for (const Point& from : drawing.exits(items_[row.last - 1].block)) {
            for (const Point& to : drawing.entries(items_[next.first].block))
                picture_.arrows.push_back({{from, {right, from.y}, {right, between}, {left, between}, {left, to.y}, to}, true});
        }
    }

    void draw_bands(const Row& row, std::size_t levels) {
        for (std::size_t depth = 0; depth < row.depth; ++depth) {
            for (std::size_t i = row.first; i < row.last;) {
                if (items_[i].stages.size() <= depth) {
                    ++i;
                    continue;
                }
                std::size_t end = i + 1;
                while (end < row.last && common_stages(items_[i], items_[end]) > depth) ++end;
                add_band(row, depth, i, end, levels);
                i = end;
            }
        }
    }

    void add_band(const Row& row, std::size_t depth, std::size_t first, std::size_t end, std::size_t levels) {
        const ElementId stage = items_[first].stages[depth];
        const auto side = [&](std::size_t item) { return static_cast<double>(items_[item].stages.size() - depth) * band_step - 2; };
        const double x = blocks_[items_[first].block].x - side(first);
        const Block& last = blocks_[items_[end - 1].block];
        const double right = last.x + last.width + side(end - 1);
        const double top = row.top + static_cast<double>(levels) * channel_height + static_cast<double>(depth) * band_title;
        const double bottom = row.bottom - static_cast<double>(depth) * 6;
        const std::string full = called(stream_.elements[stage]);
        picture_.bands.push_back({stage, {x, top, right - x, bottom - top}, fitted(full, right - x - 12, title_size, Weight::bold), full});
    }

    void draw_arcs() {
        for (const PlannedArc& arc : arcs_) {
            Arc drawn;
            drawn.label = arc.label;
            drawn.full = arc.full;
            if (arc.hops.empty()) {
                draw_loop(arc, std::move(drawn));
                continue;
            }
            double x = arc.start;
            if (!arc.from_edge) drawn.points.push_back({x, top_of(arc.source)});
            for (std::size_t i = 0; i < arc.hops.size(); ++i) {
                const Hop& hop = arc.hops[i];
                const double y = channel_y(hop);
                drawn.points.push_back({x, y});
                drawn.points.push_back({hop.to, y});
                if (i == arc.labelled) drawn.label_at = {label_x((hop.from + hop.to) / 2, arc.label), y - 3};
                x = hop.to;
            }
            if (arc.target != no_block) drawn.points.push_back({x, top_of(arc.target)});
            picture_.arcs.push_back(std::move(drawn));
        }
    }

    /// The middle of a label, moved so far that all of it is in the picture.
    double label_x(double middle, const std::string& label) const {
        const double half = text_width(label, arc_label_size) / 2;
        return std::max(half + 4, std::min(middle, picture_.width + margin - half - 4));
    }

    void draw_loop(const PlannedArc& arc, Arc drawn) {
        const double middle = arc_center(blocks_[arc.source]) + 30, top = top_of(arc.source), nested = static_cast<double>(arc.loop);
        const double half = 18 + 6 * nested, y = top - 12 - loop_height * nested;
        drawn.points = {{middle + half, top}, {middle + half, y}, {middle - half, y}, {middle - half, top}};
        drawn.label_at = {middle, y - 3};
        picture_.arcs.push_back(std::move(drawn));
    }

    double channel_y(const Hop& hop) const {
        const Channel& channel = hop.channel.row ? spans_[hop.channel.index].channel : blocks_[hop.channel.index].channel;
        const double top = hop.channel.row ? rows_[hop.channel.index].top : blocks_[hop.channel.index].y - lane_top(blocks_[hop.channel.index]);
        const std::size_t from_top = channel.levels - 1 - channel.intervals[hop.interval].level;
        return top + (static_cast<double>(from_top) + 1) * channel_height - 2;
    }

    double top_of(std::size_t block) const {
        const Block& one = blocks_[block];
        switch (one.kind) {
            case Block::Kind::step: return one.y - box_height(one.content) / 2;
            case Block::Kind::wait: return one.y - triangle_height / 2;
            case Block::Kind::lanes: return one.choose ? one.y - diamond_width / 2 : blocks_[one.children.front()].y - 14;
            case Block::Kind::terminal:
            case Block::Kind::sequence:
            case Block::Kind::graph:
            case Block::Kind::band: break;
        }
        return one.y - one.above;
    }

    // ---- words around ----

    void add_header() {
        const double room = picture_.width - margin;
        const std::string title = called(stream_);
        picture_.title = {{margin, margin + 14}, fitted(title, room, header_size, Weight::bold), title};
        double y = margin + 36;
        const auto add = [&](const std::string& text) {
            picture_.subtitles.push_back({{margin, y}, fitted(text, room, note_size), text});
            y += 17;
        };
        if (stream_.future) {
            const std::string by = stream_.future->by ? ", by " + format_date(*stream_.future->by) : "";
            add(fmt::format("Future of {}{}", called(input_.model.stream(stream_.future->of)), by));
        }
        if (!stream_.outcome.value.empty()) add(stream_.outcome.value);
        std::string basis = "Working time, " + format_calendar(stream_.calendar);
        if (stream_.demand) basis += fmt::format("; demand {}/{}", format_number(stream_.demand->count), name_of(stream_.demand->unit));
        add(basis);
        picture_.height = y + 4;
    }

    void add_summary() {
        std::vector<Fact> totals = totals_of(input_, metrics_);
        const runtime::TimeFigure& expected = metrics_.expected.lead_time;
        if (expected.known && !metrics_.expected.endless && expected.microseconds > metrics_.mean.lead_time.microseconds * (1 + 1e-9))
            totals.insert(totals.begin() + 1, {"lead time with rework", (metrics_.expected.approximate ? "about " : "") + format_duration(expected.microseconds, stream_.calendar)});
        const double width = std::max(150.0, std::min(230.0, (picture_.width - margin) / static_cast<double>(totals.size())));
        const double per_row = std::max(1.0, std::floor((picture_.width - margin) / width));
        double x = margin, y = picture_.height;
        std::size_t at = 0;
        for (const Fact& fact : totals) {
            picture_.summary.push_back({fact.label, fact.text, {x, y, width, summary_height}});
            x += width;
            if (static_cast<double>(++at) == per_row && at < totals.size()) {
                at = 0;
                x = margin;
                y += summary_height;
            }
        }
        picture_.width = std::max(picture_.width, margin + width);
        picture_.height = y + summary_height;
    }

    void add_legend() {
        const double room = picture_.width - margin;
        const auto add = [&](const std::string& text) {
            picture_.height += 17;
            picture_.legend.push_back({{margin, picture_.height}, fitted(text, room, note_size), text});
        };
        for (std::size_t i = 0; i < contents_.bursts().size(); ++i) {
            const ir::Kaizen& kaizen = *contents_.bursts()[i].kaizen;
            std::string text = fmt::format("{}  {}", i + 1, kaizen.title.value);
            if (!kaizen.owner.value.empty()) text += " — " + kaizen.owner.value;
            if (kaizen.due) text += ", by " + format_date(*kaizen.due);
            add(text);
        }
        if (!contents_.removed().empty()) add(fmt::format("Taken away: {}", fmt::join(contents_.removed(), ", ")));
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    Contents contents_;
    Blocks blocks_;
    std::vector<RowItem> items_;
    std::vector<Row> rows_;
    std::vector<RowSpan> spans_;
    std::vector<PlannedArc> arcs_;
    Picture picture_;
};

}  // namespace

Picture lay_out(const BackendInput& input, const runtime::StreamMetrics& metrics) { return Layout(input, metrics).run(); }

}  // namespace vsm::backends::svg
