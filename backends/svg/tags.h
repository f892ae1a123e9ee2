// Measures tags and flows them into rows. Private to backends/svg.
#pragma once

#include <vector>

#include "backends/svg/picture.h"

namespace vsm::backends::svg {

inline constexpr double tag_size = 10;
inline constexpr double tag_row = 18;  ///< the height of a row of tags
inline constexpr double burst_width = 20;
inline constexpr double burst_room = 22;  ///< height per burst below a fork

double tag_width(const Tag& tag);

/// The top left corners of tags, in rows at most `width` wide unless a single tag is wider.
struct TagFlow {
    std::vector<Point> at;
    double width = 0;   ///< the widest row
    double height = 0;  ///< a multiple of tag_row
};
TagFlow flow(const std::vector<Tag>& tags, double width);

/// The width of the widest tag, which is that of a column of tags.
double widest(const std::vector<Tag>& tags);

}  // namespace vsm::backends::svg
