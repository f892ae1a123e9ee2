// The ways of work that comes back: which lanes and rows each arc runs above, and on which level. Private to backends/svg.
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

/// A stretch above one lane or row.
struct Hop {
    ChannelRef channel;
    double from = 0;
    double to = 0;
    std::size_t interval = 0;  ///< of the channel
};

/// From the top of one shape to the top of another; to or from the edge of a row where the other end is in another row.
struct PlannedArc {
    std::size_t source = no_block;
    std::size_t target = no_block;  ///< no block: the arc ends at its row's edge
    bool from_edge = false;         ///< it begins at its row's edge, and `source` is not in that row
    double start = 0, end = 0;      ///< x where it leaves and arrives
    std::vector<Hop> hops;          ///< none: a loop right above the box
    std::size_t loop = 0;           ///< which of the loops of its box, the lowest first
    std::size_t labelled = 0;       ///< the hop that carries the label
    std::string label, full;
};

/// A row, as far as arcs know it.
struct RowSpan {
    double left = 0, right = 0;
    Channel channel;
};

/// Blocks that stand for elements, and the rows they are in.
struct Places {
    const Blocks& blocks;
    std::vector<std::size_t> block_of;  ///< by element; a stage at the top by its first item
    std::vector<std::size_t> row_of;    ///< by block
};

/// Plans the arcs of a stream whose blocks have their x, and gives each hop an interval and a level in its channel.
std::vector<PlannedArc> plan_arcs(const BackendInput& input, const Places& places, Blocks& blocks, std::vector<RowSpan>& rows);

/// The middle of what an arc to or from a block ends on.
double arc_center(const Block& block);

}  // namespace vsm::backends::svg
