// The layout tree of a picture before positioning: blocks, each with a width and its extent above and below the base
// line, on which its arrows run. Private to backends/svg.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "backends/svg/content.h"

namespace vsm::backends::svg {

inline constexpr std::size_t no_block = std::numeric_limits<std::size_t>::max();

inline constexpr double gap = 28;  ///< between two elements, for the arrow
inline constexpr double band_padding = 12;
inline constexpr double band_title = 20;
inline constexpr double column_gap = 44;  ///< between the columns of a graph
inline constexpr double lane_gap = 16;
inline constexpr double caption_height = 16;
inline constexpr double channel_height = 17;  ///< per level of arcs
inline constexpr double loop_height = 16;
inline constexpr double triangle_width = 30;
inline constexpr double triangle_height = 26;
inline constexpr double terminal_box = 92;
inline constexpr double tag_margin = 6;  ///< left and right of the tags in a box
inline constexpr double bar_width = 6;
inline constexpr double diamond_width = 24;
inline constexpr double bus_height = 10;  ///< per detour below a graph

/// The stretch of a channel that an arc occupies.
struct Interval {
    double from = 0;
    double to = 0;
    std::size_t level = 0;
};

/// The space for arcs above a lane or row. Level 0 is the lowest.
struct Channel {
    std::vector<Interval> intervals;
    std::size_t levels = 0;
};

struct Block {
    enum class Kind { step, wait, terminal, sequence, band, lanes, graph };
    Kind kind = Kind::sequence;
    ir::ElementId element;  ///< invalid for sequence, graph and terminal
    Content content;
    std::vector<std::size_t> children;
    std::size_t parent = no_block;
    bool choose = false;  ///< lanes only: one of them is taken
    bool lane = false;    ///< a child of lanes or graph: arcs run above it
    std::string caption, caption_full;
    std::vector<Tag> caption_tags;
    Channel channel;
    std::vector<std::size_t> column, row;  ///< graph only: by child
    std::vector<double> column_x;          ///< graph only: from its left edge; one more than there are columns

    double x = 0, width = 0;      ///< x relative to the parent until `place_x`, then in the picture
    double above = 0, below = 0;  ///< extent from the base line
    double y = 0;                 ///< y of the base line
    std::size_t loops = 0;        ///< steps only: arcs from the step back to itself
    double zone = 0;              ///< steps only: width left of the box for the step's own wait
};

/// Indexed by block number.
using Blocks = std::vector<Block>;

/// Height of a lane above its base line, with its caption and arcs.
double lane_top(const Block& block);

/// Widths left and right of the lanes, for a fork or diamond, or a join, and the arrows between.
double left_zone(bool choose);
double right_zone(bool choose);

double box_height(const Content& content);
double data_height(const Content& content);

}  // namespace vsm::backends::svg
