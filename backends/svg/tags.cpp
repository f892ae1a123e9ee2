#include "backends/svg/tags.h"

#include <algorithm>

#include "backends/svg/text_fit.h"

namespace vsm::backends::svg {
namespace {

constexpr double apart = 4;

}  // namespace

double tag_width(const Tag& tag) {
    return tag.burst > 0 ? burst_width : text_width(tag.text, tag_size, Weight::bold) + 10;
}

double widest(const std::vector<Tag>& tags) {
    double width = 0;
    for (const Tag& tag : tags) width = std::max(width, tag_width(tag));
    return width;
}

TagFlow flow(const std::vector<Tag>& tags, double width) {
    TagFlow made;
    double x = 0;
    for (const Tag& tag : tags) {
        const double own = tag_width(tag);
        if (x > 0 && x + own > width) {
            x = 0;
            made.height += tag_row;
        }
        made.at.push_back({x, made.height});
        made.width = std::max(made.width, x + own);
        x += own + apart;
    }
    if (!tags.empty()) made.height += tag_row;
    return made;
}

}  // namespace vsm::backends::svg
