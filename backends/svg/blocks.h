// The parts of a picture before they have a place: a tree of blocks, each with a width and the room it takes above and below the line on which
// its arrows run. Private to backends/svg.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "backends/svg/content.h"

namespace vsm::backends::svg {

inline constexpr std::size_t no_block = std::numeric_limits<std::size_t>::max();

inline constexpr double gap = 28;            ///< between two elements, where the arrow is
inline constexpr double band_padding = 12;
inline constexpr double band_title = 20;
inline constexpr double column_gap = 44;     ///< between the columns of a graph
inline constexpr double lane_gap = 16;
inline constexpr double caption_height = 16;
inline constexpr double channel_height = 17;  ///< of one level of arcs
inline constexpr double loop_height = 16;
inline constexpr double triangle_width = 30;
inline constexpr double triangle_height = 26;
inline constexpr double terminal_box = 92;
inline constexpr double tag_margin = 6;       ///< left and right of tags in a box
inline constexpr double bar_width = 6;
inline constexpr double diamond_width = 24;
inline constexpr double bus_height = 10;      ///< of one way round below a graph

/// A stretch of a channel that an arc runs along.
struct Interval {
    double from = 0;
    double to = 0;
    std::size_t level = 0;
};

/// The room above a lane or row in which arcs run, in levels; 0 is the lowest.
struct Channel {
    std::vector<Interval> intervals;
    std::size_t levels = 0;
};

struct Block {
    enum class Kind { step, wait, terminal, sequence, band, lanes, graph };
    Kind kind = Kind::sequence;
    ir::ElementId element;  ///< of all but sequence, graph and terminal
    Content content;
    std::vector<std::size_t> children;
    std::size_t parent = no_block;
    bool choose = false;  ///< lanes of which one is taken
    bool lane = false;    ///< of lanes or a graph: arcs run above it
    std::string caption, caption_full;
    std::vector<Tag> caption_tags;
    Channel channel;
    std::vector<std::size_t> column, row;  ///< of each child of a graph
    std::vector<double> column_x;          ///< of a graph, from its left; one more than there are columns

    double x = 0, width = 0;       ///< x from the outer block's left until it is placed, then from the picture's
    double above = 0, below = 0;   ///< from the base line
    double y = 0;                  ///< the base line
    std::size_t loops = 0;         ///< of a step: rework that comes back to it at once
    double zone = 0;               ///< of a step: the room for its own wait, left of its box
};

/// Blocks by number.
using Blocks = std::vector<Block>;

/// Room that a lane takes above its base line, with its caption and the arcs over it.
double lane_top(const Block& block);

/// The left room of a fork or diamond, with the arrows that spread from it; and the right one.
double left_zone(bool choose);
double right_zone(bool choose);

double box_height(const Content& content);
double data_height(const Content& content);

}  // namespace vsm::backends::svg
