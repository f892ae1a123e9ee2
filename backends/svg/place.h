// Gives blocks their places and draws them: shapes, the arrows between them, and their part of the timeline. Private to backends/svg.
#pragma once

#include <vector>

#include "backends/svg/blocks.h"
#include "backends/svg/picture.h"
#include "runtime/metrics.h"

namespace vsm::backends::svg {

/// Makes the x of a block and all in it that of the picture.
void place_x(Blocks& blocks, std::size_t block, double x);

/// The room that a block and all in it take above and below their base lines. After arcs have their levels.
void measure_y(Blocks& blocks, std::size_t block);

/// Gives a block and all in it their base lines.
void place_y(Blocks& blocks, std::size_t block, double y);

class Drawing {
public:
    Drawing(const Blocks& blocks, const runtime::StreamMetrics& metrics, const ir::Stream& stream, Picture& picture)
        : blocks_(blocks), metrics_(metrics), stream_(stream), picture_(picture) {}

    /// The shapes of a block, and the arrows inside it.
    void draw(std::size_t block);

    /// Where arrows to and from a block end, on the borders of its shapes; none for an empty one.
    std::vector<Point> entries(std::size_t block) const;
    std::vector<Point> exits(std::size_t block) const;

    void connect(const std::vector<Point>& from, const std::vector<Point>& to);

    /// The pieces of the timeline over a block; none for what is off it.
    void add_rungs(std::size_t block, Ladder& ladder) const;

private:
    void draw_step(const Block& block);
    void draw_lanes(const Block& block);
    void draw_graph(const Block& block);
    void elbow(Point from, Point to, double turn);
    bool undecided(ir::ElementId id) const;
    void add_step_rungs(const Block& block, Ladder& ladder) const;
    void add_choose_rungs(const Block& block, Ladder& ladder) const;
    void add_lanes_rungs(const Block& block, Ladder& ladder) const;
    void add_graph_rungs(const Block& block, Ladder& ladder) const;
    Rung rung(ir::ElementId element, Rung::Kind kind, double from, double to, const runtime::TimeFigure& time) const;
    Rung either(const Block& block) const;
    /// Whether its waiting and its work are told apart on the timeline.
    bool is_divided(ir::ElementId id) const;

    const Blocks& blocks_;
    const runtime::StreamMetrics& metrics_;
    const ir::Stream& stream_;
    Picture& picture_;
};

}  // namespace vsm::backends::svg
