// What is written in the shapes of a map: titles, data boxes, times. Knows widths, not places.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/svg/picture.h"
#include "runtime/metrics.h"

namespace vsm::backends::svg {

inline constexpr double box_width = 148;
inline constexpr double box_padding = 8;
inline constexpr double title_size = 12;
inline constexpr double data_size = 11;
inline constexpr double line_height = 14;
inline constexpr double longest_title_lines = 3;

/// One burst of a map, in the order written.
struct Burst {
    const ir::Kaizen* kaizen;
    std::vector<ir::ElementId> on;  ///< where it is drawn; none: it concerns the stream, or what it takes away
};

/// The texts of one stream or future. Keeps what it was made from.
class Contents {
public:
    Contents(const BackendInput& input, const runtime::StreamMetrics& metrics);

    /// Of a step, wait or queue.
    Content of(ir::ElementId id) const;

    /// Of a box at the ends of the stream: its role and what the map says of it.
    Content terminal(std::string_view role, std::string_view text) const;

    /// Of a branch of a choose, 0 to 1.
    double share(ir::ElementId branch) const;

    /// In a future: names of elements of the stream it is based on that it takes away, in the order written there.
    const std::vector<std::string>& removed() const { return removed_; }

    const std::vector<Burst>& bursts() const { return bursts_; }

private:
    Content unmarked(ir::ElementId id) const;
    void compare_with_base();

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    std::vector<Burst> bursts_;
    std::vector<std::string> removed_;
    IdVector<ir::ElementId, Mark> marks_;
};

}  // namespace vsm::backends::svg
