#include "backends/svg/arcs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "backends/support/facts.h"
#include "backends/svg/text_fit.h"

namespace vsm::backends::svg {
namespace {

using ir::ElementId;

constexpr double first_offset = 14;
constexpr double next_offset = 9;

class Planner {
public:
    Planner(const BackendInput& input, const Places& places, Blocks& blocks, std::vector<RowSpan>& rows)
        : stream_(input.stream()), input_(input), places_(places), blocks_(blocks), rows_(rows) {}

    std::vector<PlannedArc> run() {
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
            const ElementId id = stream_.elements.id_at(i);
            const auto* step = ir::step_of(stream_.elements[id]);
            if (step == nullptr) continue;
            for (const ir::Rework& rework : step->reworks) add(places_.block_of[id.index], rework);
        }
        for (RowSpan& row : rows_) pack(row.channel);
        for (Block& block : blocks_) pack(block.channel);
        return std::move(arcs_);
    }

private:
    void add(std::size_t source, const ir::Rework& rework) {
        const auto* to = std::get_if<ElementId>(&rework.to);
        const std::size_t target = to == nullptr ? source : places_.block_of[to->index];
        const std::string rate = format_exactly(rework.rate) + (rework.once ? " once" : "");
        PlannedArc arc;
        arc.source = source;
        arc.target = target;
        arc.full =
            fmt::format("{}: {}", called(stream_.elements[blocks_[source].element]), rework_text(input_, rework));
        arc.label = to == nullptr ? rate + " repair" : rate;
        if (target == source) {
            arc.loop = blocks_[source].loops++;
            arcs_.push_back(std::move(arc));
            return;
        }
        arc.start = arc_center(blocks_[source]) + offset(leaving_[source]++);
        const bool box = blocks_[target].kind == Block::Kind::step;
        const double end = arc_center(blocks_[target]) - (box ? offset(arriving_[target]++) : 0);
        if (places_.row_of[source] != places_.row_of[target]) return add_over_rows(std::move(arc), end);
        arc.end = end;
        plan(arc, chain(source), chain(target));
        arcs_.push_back(std::move(arc));
    }

    static double offset(std::size_t count) {
        return first_offset + next_offset * static_cast<double>(std::min<std::size_t>(count, 5));
    }

    /// Splits an arc in two: out through the left edge of its row, and in through the right edge of the target's row.
    void add_over_rows(PlannedArc arc, double end) {
        const std::size_t from = places_.row_of[arc.source], to = places_.row_of[arc.target];
        const std::string rate = arc.label;
        PlannedArc in = arc;
        arc.target = no_block;
        arc.end = rows_[from].left;
        arc.label = fitted(fmt::format("{} to {}", rate, called(stream_.elements[blocks_[in.target].element])), 220,
                           arc_label_size);
        plan(arc, chain(arc.source), {{true, from}});
        in.from_edge = true;
        in.start = rows_[to].right;
        in.end = end;
        in.label = fitted(fmt::format("{} from {}", rate, called(stream_.elements[blocks_[in.source].element])), 220,
                          arc_label_size);
        plan(in, {{true, to}}, chain(in.target));
        arcs_.push_back(std::move(arc));
        arcs_.push_back(std::move(in));
    }

    /// The channels above a block, innermost first: its lanes, then its row.
    std::vector<ChannelRef> chain(std::size_t block) const {
        std::vector<ChannelRef> up;
        for (std::size_t at = block; at != no_block; at = blocks_[at].parent)
            if (blocks_[at].lane) up.push_back({false, at});
        up.push_back({true, places_.row_of[block]});
        return up;
    }

    static bool same(ChannelRef a, ChannelRef b) { return a.row == b.row && a.index == b.index; }

    void plan(PlannedArc& arc, const std::vector<ChannelRef>& up, const std::vector<ChannelRef>& down) {
        std::size_t above = 0;
        std::size_t below = down.size();
        for (; above < up.size(); ++above) {
            const auto found =
                std::find_if(down.begin(), down.end(), [&](ChannelRef one) { return same(one, up[above]); });
            if (found == down.end()) continue;
            below = static_cast<std::size_t>(found - down.begin());
            break;
        }
        double x = arc.start;
        for (std::size_t i = 0; i < above; ++i) x = hop(arc, up[i], x, zone_x(up[i].index));
        arc.labelled = above;
        x = hop(arc, up[above], x, below == 0 ? arc.end : zone_x(down[below - 1].index));
        for (std::size_t i = below; i-- > 0;) x = hop(arc, down[i], x, i == 0 ? arc.end : zone_x(down[i - 1].index));
        const Hop& labelled = arc.hops[arc.labelled];
        Interval& interval = channel(labelled.channel).intervals[labelled.interval];
        const double middle = (interval.from + interval.to) / 2, half = text_width(arc.label, arc_label_size) / 2 + 3;
        interval.from = std::min(interval.from, middle - half);
        interval.to = std::max(interval.to, middle + half);
    }

    /// The x at which an arc passes from above a lane to the enclosing channel.
    double zone_x(std::size_t lane) const {
        const Block& outer = blocks_[blocks_[lane].parent];
        if (outer.kind == Block::Kind::graph) return blocks_[lane].x - 16;
        return blocks_[lane].x - 14;
    }

    double hop(PlannedArc& arc, ChannelRef ref, double from, double to) {
        Channel& along = channel(ref);
        arc.hops.push_back({ref, from, to, along.intervals.size()});
        along.intervals.push_back({std::min(from, to), std::max(from, to), 0});
        return to;
    }

    Channel& channel(ChannelRef ref) { return ref.row ? rows_[ref.index].channel : blocks_[ref.index].channel; }

    /// Assigns levels, shorter intervals first and lowest; intervals on one level do not touch.
    static void pack(Channel& channel) {
        constexpr double apart = 4;
        std::vector<std::size_t> order(channel.intervals.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        const auto length = [&](std::size_t i) { return channel.intervals[i].to - channel.intervals[i].from; };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return length(a) < length(b); });
        std::vector<std::map<double, double>> levels;
        for (const std::size_t i : order) {
            Interval& interval = channel.intervals[i];
            const auto free = [&](const std::map<double, double>& level) {
                const auto next = level.upper_bound(interval.from);
                if (next != level.end() && next->first < interval.to + apart) return false;
                return next == level.begin() || std::prev(next)->second + apart < interval.from;
            };
            std::size_t level = 0;
            while (level < levels.size() && !free(levels[level])) ++level;
            if (level == levels.size()) levels.emplace_back();
            levels[level].emplace(interval.from, interval.to);
            interval.level = level;
        }
        channel.levels = levels.size();
    }

    const ir::Stream& stream_;
    const BackendInput& input_;
    const Places& places_;
    Blocks& blocks_;
    std::vector<RowSpan>& rows_;
    std::map<std::size_t, std::size_t> leaving_, arriving_;
    std::vector<PlannedArc> arcs_;
};

}  // namespace

double arc_center(const Block& block) {
    switch (block.kind) {
        case Block::Kind::step: return block.x + block.zone + (block.width - block.zone) / 2;
        case Block::Kind::lanes: return block.x + (block.choose ? diamond_width : bar_width) / 2;
        case Block::Kind::wait:
        case Block::Kind::terminal:
        case Block::Kind::sequence:
        case Block::Kind::band:
        case Block::Kind::graph: break;
    }
    return block.x + block.width / 2;
}

std::vector<PlannedArc> plan_arcs(const BackendInput& input, const Places& places, Blocks& blocks,
                                  std::vector<RowSpan>& rows) {
    return Planner(input, places, blocks, rows).run();
}

}  // namespace vsm::backends::svg
