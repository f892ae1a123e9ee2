// Routes rework arcs: which lanes and rows each arc passes above, and at which level. Private to backends/svg.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/svg/blocks.h"

namespace vsm::backends::svg {

inline constexpr double arc_label_size = 10.5;

/// A lane, or a row of the picture.
struct ChannelRef {
    bool row = false;
    std::size_t index = 0;
};

/// A horizontal stretch of an arc above one lane or row.
struct Hop {
    ChannelRef channel;
    double from = 0;
    double to = 0;
    std::size_t interval = 0;  ///< index in the channel
};

/// An arc from the top of one shape to the top of another. If they are in different rows, there are two arcs, which
/// meet the edges of their rows.
struct PlannedArc {
    std::size_t source = no_block;
    std::size_t target = no_block;  ///< no_block: the arc ends at the edge of its row
    bool from_edge = false;         ///< it starts at the edge of its row; `source` is in another row
    double start = 0, end = 0;      ///< x of the departure and of the arrival
    std::vector<Hop> hops;          ///< none for a loop directly above the box
    std::size_t loop = 0;           ///< number among the loops of its box, lowest first
    std::size_t labelled = 0;       ///< index of the hop that carries the label
    std::string label, full;
};

/// What arcs need of a row.
struct RowSpan {
    double left = 0, right = 0;
    Channel channel;
};

/// The block of each element, and the row of each block.
struct Places {
    const Blocks& blocks;
    std::vector<std::size_t> block_of;  ///< by element; for a top-level stage, its first item
    std::vector<std::size_t> row_of;    ///< by block
};

/// Plans the arcs of a stream after `place_x`. Adds an interval with its level to the channel of each hop.
std::vector<PlannedArc> plan_arcs(const BackendInput& input, const Places& places, Blocks& blocks,
                                  std::vector<RowSpan>& rows);

/// The x at which arcs meet a block: the middle of its main shape.
double arc_center(const Block& block);

}  // namespace vsm::backends::svg
