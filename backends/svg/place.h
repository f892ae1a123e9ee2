// Positions blocks and draws them: shapes, the arrows between them, and their section of the timeline. Private to
// backends/svg.
#pragma once

#include <vector>

#include "backends/svg/blocks.h"
#include "backends/svg/picture.h"
#include "runtime/metrics.h"

namespace vsm::backends::svg {

/// Converts the x of a block and its descendants to picture coordinates.
void place_x(Blocks& blocks, std::size_t block, double x);

/// Computes the extents of a block and its descendants above and below their base lines. Requires the levels of arcs.
void measure_y(Blocks& blocks, std::size_t block);

/// Sets the base lines of a block and its descendants.
void place_y(Blocks& blocks, std::size_t block, double y);

class Drawing {
public:
    Drawing(const Blocks& blocks, const runtime::StreamMetrics& metrics, const ir::Stream& stream, Picture& picture)
        : blocks_(blocks), metrics_(metrics), stream_(stream), picture_(picture) {}

    /// Draws the shapes of a block and the arrows inside it.
    void draw(std::size_t block);

    /// The end points of arrows to and from a block, on the borders of its shapes; empty for an empty block.
    std::vector<Point> entries(std::size_t block) const;
    std::vector<Point> exits(std::size_t block) const;

    void connect(const std::vector<Point>& from, const std::vector<Point>& to);

    /// Adds the sections of the timeline below a block; none if it is off the timeline.
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
    /// Whether waiting and work are separate sections of the timeline.
    bool is_divided(ir::ElementId id) const;

    const Blocks& blocks_;
    const runtime::StreamMetrics& metrics_;
    const ir::Stream& stream_;
    Picture& picture_;
};

}  // namespace vsm::backends::svg
