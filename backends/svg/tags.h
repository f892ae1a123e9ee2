// Tags in and beside shapes: how wide they are, and how they flow into rows. Private to backends/svg.
#pragma once

#include <vector>

#include "backends/svg/picture.h"

namespace vsm::backends::svg {

inline constexpr double tag_size = 10;
inline constexpr double tag_row = 18;  ///< the height of a row of tags
inline constexpr double burst_width = 20;
inline constexpr double burst_room = 22;  ///< of one below a fork

double tag_width(const Tag& tag);

/// Tags with their left upper corners, in rows of that width at most; a single one may be wider.
struct TagFlow {
    std::vector<Point> at;
    double width = 0;   ///< of the widest row
    double height = 0;  ///< a multiple of tag_row
};
TagFlow flow(const std::vector<Tag>& tags, double width);

/// Of the widest; as wide as a column of them.
double widest(const std::vector<Tag>& tags);

}  // namespace vsm::backends::svg
