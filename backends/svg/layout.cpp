#include "backends/svg/layout.h"

#include <algorithm>

#include "backends/support/facts.h"
#include "backends/svg/arcs.h"
#include "backends/svg/build_blocks.h"
#include "backends/svg/place.h"
#include "backends/svg/tags.h"
#include "backends/svg/text_around.h"
#include "backends/svg/text_fit.h"
#include "runtime/reports/metrics/report_table.h"

namespace vsm::backends::svg {
namespace {

using ir::ElementId;

constexpr double gutter = 18;  ///< left and right of the rows, for the connection to the next row
constexpr double widest_row = 1260;
constexpr double band_step = 10;  ///< extra space where a stage begins or ends
constexpr double ladder_height = 62;
constexpr double row_gap = 30;
constexpr double narrowest_title = 40;

struct Row {
    std::size_t first = 0, last = 0;  ///< items; `last` is exclusive
    double top = 0, baseline = 0, bottom = 0;
    std::size_t depth = 0;  ///< nesting depth of stages
    double right = 0;
    bool timed = true;  ///< has a section of the timeline below
};

std::size_t common_stages(const RowItem& a, const RowItem& b) {
    std::size_t count = 0;
    while (count < a.stages.size() && count < b.stages.size() && a.stages[count] == b.stages[count]) ++count;
    return count;
}

class Layout {
public:
    Layout(const BackendInput& input, const runtime::StreamMetrics& metrics, const Extent& extent)
        : input_(input), stream_(input.stream()), metrics_(metrics), extent_(extent),
          contents_(input, metrics, beside(extent)), text_(input, metrics, extent, contents_, blocks_, picture_) {}

    Picture run() {
        items_ = BlockBuilder(stream_, contents_, blocks_).run();
        break_rows();
        place_columns();
        arcs_ = plan_arcs(input_, places(), blocks_, spans_);
        place_rows();
        for (const Row& row : rows_) draw_row(row);
        draw_arcs();
        if (!extent_.bare) text_.add_summary();
        text_.add_legend();
        picture_.width += margin;
        picture_.height += margin;
        return std::move(picture_);
    }

private:
    /// The stream to compare with: a future's base, or the future drawn below this stream.
    std::optional<ir::StreamId> beside(const Extent& extent) const {
        if (stream_.future) return stream_.future->of;
        return extent.below.valid() ? std::optional(extent.below) : std::nullopt;
    }

    // ---- rows and columns ----

    /// Space before an item, for its arrow and the edges of stages that end and begin there.
    double gap_before(std::size_t item, bool first_of_row) const {
        const RowItem& now = items_[item];
        if (first_of_row) return static_cast<double>(now.stages.size()) * band_step;
        const RowItem& before = items_[item - 1];
        const std::size_t common = common_stages(before, now);
        return gap + static_cast<double>(before.stages.size() + now.stages.size() - 2 * common) * band_step;
    }
    double gap_after_last(std::size_t item) const {
        return static_cast<double>(items_[item].stages.size()) * band_step;
    }

    /// Breaks items into rows of at most `widest`; a wider item gets its own row. The start box is never alone in a
    /// row.
    std::vector<Row> rows_within(double widest) const {
        std::vector<Row> rows;
        double x = 0;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const double width = blocks_[items_[i].block].width;
            const bool fits =
                i == 1 || (!rows.empty() && x + gap_before(i, false) + width + gap_after_last(i) <= widest);
            if (!fits) {
                rows.push_back({.first = i, .last = i});
                x = 0;
            }
            x += gap_before(i, !fits) + width;
            rows.back().last = i + 1;
        }
        return rows;
    }

    /// The fewest possible rows, of similar length.
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
        // the end box is not alone in a row either, even if the previous row gets longer
        if (rows_.size() > 1 && rows_.back().first + 1 == items_.size()) {
            rows_.pop_back();
            rows_.back().last = items_.size();
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
            row.right = x + gap_after_last(row.last - 1);
            right = std::max(right, row.right);
        }
        for (std::size_t i = 0; i < rows_.size(); ++i) spans_.push_back({margin + gutter - 6, right + 6, {}});
        picture_.width = right + gutter;
    }

    Places places() const {
        Places places{blocks_, std::vector<std::size_t>(stream_.elements.size(), no_block),
                      std::vector<std::size_t>(blocks_.size(), 0)};
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            for (std::size_t i = rows_[row].first; i < rows_[row].last; ++i) {
                note_places(items_[i].block, row, places);
                for (const ElementId stage : items_[i].stages)
                    if (places.block_of[stage.index] == no_block) places.block_of[stage.index] = items_[i].block;
            }
        }
        // a branch takes the block of its first element, an empty one that of its parent
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
        text_.add_header();
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
            row.timed = !all_unknown();
            y = end_of(row) + row_gap;
        }
        picture_.height = y - row_gap + 8;
    }

    /// A map without times has no timeline.
    bool all_unknown() const { return !runtime::states_times(stream_, metrics_); }

    static double end_of(const Row& row) { return row.bottom + (row.timed ? ladder_height : 8); }

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
        if (!row.timed) return;
        Ladder ladder{{}, row.bottom + 18, row.bottom + 40, number == 0};
        for (std::size_t i = row.first; i < row.last; ++i) drawing.add_rungs(items_[i].block, ladder);
        std::stable_sort(ladder.rungs.begin(), ladder.rungs.end(),
                         [](const Rung& a, const Rung& b) { return a.from < b.from; });
        picture_.ladders.push_back(std::move(ladder));
    }

    /// Connects a row to the next one around the outside.
    void draw_way_on(Drawing& drawing, const Row& row, const Row& next) {
        const double right = row.right + gutter / 2, left = margin + 4, between = end_of(row) + row_gap / 2 - 4;
        for (const Point& from : drawing.exits(items_[row.last - 1].block)) {
            for (const Point& to : drawing.entries(items_[next.first].block))
                picture_.arrows.push_back(
                    {{from, {right, from.y}, {right, between}, {left, between}, {left, to.y}, to}, true});
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
        const auto side = [&](std::size_t item) {
            return static_cast<double>(items_[item].stages.size() - depth) * band_step - 2;
        };
        const double x = blocks_[items_[first].block].x - side(first);
        const Block& last = blocks_[items_[end - 1].block];
        const double right = last.x + last.width + side(end - 1);
        const double top =
            row.top + static_cast<double>(levels) * channel_height + static_cast<double>(depth) * band_title;
        const double bottom = row.bottom - static_cast<double>(depth) * 6;
        const std::string title = called(stream_.elements[stage]);
        const bool goes_on = first == row.first && first > 0 && common_stages(items_[first - 1], items_[first]) > depth;
        const std::string full = goes_on ? title + ", continued" : title;
        Band band{stage, {x, top, right - x, bottom - top}, "", full, {}};
        double room = right - x - 18;
        if (!goes_on) {
            for (Tag& tag : contents_.tags(stage)) {
                if (room - tag_width(tag) - 4 < narrowest_title) break;
                room -= tag_width(tag) + 4;
                band.tags.push_back(std::move(tag));
            }
        }
        band.title = fitted(full, room, title_size, Weight::bold);
        picture_.bands.push_back(std::move(band));
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

    /// The x of the label's middle, shifted so that the label stays inside the picture.
    double label_x(double middle, const std::string& label) const {
        const double half = text_width(label, arc_label_size) / 2;
        return std::max(half + 4, std::min(middle, picture_.width + margin - half - 4));
    }

    void draw_loop(const PlannedArc& arc, Arc drawn) {
        const double middle = arc_center(blocks_[arc.source]) + 30, top = top_of(arc.source),
                     nested = static_cast<double>(arc.loop);
        const double half = 18 + 6 * nested, y = top - 12 - loop_height * nested;
        drawn.points = {{middle + half, top}, {middle + half, y}, {middle - half, y}, {middle - half, top}};
        drawn.label_at = {middle, y - 3};
        picture_.arcs.push_back(std::move(drawn));
    }

    double channel_y(const Hop& hop) const {
        const Channel& channel =
            hop.channel.row ? spans_[hop.channel.index].channel : blocks_[hop.channel.index].channel;
        const double top = hop.channel.row ? rows_[hop.channel.index].top
                                           : blocks_[hop.channel.index].y - lane_top(blocks_[hop.channel.index]);
        const std::size_t from_top = channel.levels - 1 - channel.intervals[hop.interval].level;
        return top + (static_cast<double>(from_top) + 1) * channel_height - 2;
    }

    double top_of(std::size_t block) const {
        const Block& one = blocks_[block];
        switch (one.kind) {
            case Block::Kind::step: return one.y - box_height(one.content) / 2;
            case Block::Kind::wait: return one.y - triangle_height / 2;
            case Block::Kind::lanes:
                return one.choose ? one.y - diamond_width / 2 : blocks_[one.children.front()].y - 14;
            case Block::Kind::terminal:
            case Block::Kind::sequence:
            case Block::Kind::graph:
            case Block::Kind::band: break;
        }
        return one.y - one.above;
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    const Extent extent_;
    Contents contents_;
    Blocks blocks_;
    std::vector<RowItem> items_;
    std::vector<Row> rows_;
    std::vector<RowSpan> spans_;
    std::vector<PlannedArc> arcs_;
    Picture picture_;
    TextAround text_;
};

}  // namespace

Picture lay_out(const BackendInput& input, const runtime::StreamMetrics& metrics, const Extent& extent) {
    return Layout(input, metrics, extent).run();
}

}  // namespace vsm::backends::svg
