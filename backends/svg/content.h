// The texts in and around the shapes of a map: titles, data boxes, times. Computes widths, not positions.
#pragma once

#include <map>
#include <optional>
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

/// A kaizen burst of a map; bursts are in source order.
struct Burst {
    const ir::Kaizen* kaizen;
    std::vector<ir::ElementId>
        on;  ///< where it is drawn; empty if it concerns the whole stream or only removed elements
};

/// The texts of one stream or future. Borrows its input.
class Contents {
public:
    /// `beside`: the stream that this one is a future of, or the future drawn below it.
    Contents(const BackendInput& input, const runtime::StreamMetrics& metrics, std::optional<ir::StreamId> beside);

    /// The content of a step, wait or queue.
    Content of(ir::ElementId id) const;

    /// The tags of any element: bursts, its mark in a comparison, and whether it is a constraint.
    std::vector<Tag> tags(ir::ElementId id) const;

    /// The boxes at the ends of the stream.
    Content beginning() const;
    Content end() const;

    /// The caption of a branch or graph element; may be empty.
    std::string caption(ir::ElementId lane, bool choose) const;

    /// In a future: the names of elements removed from its base, in source order; without those inside other removed
    /// elements.
    const std::vector<std::string>& removed() const { return removed_; }

    const std::vector<Burst>& bursts() const { return bursts_; }

private:
    Content unmarked(ir::ElementId id) const;
    Content unmarked(ir::ElementId id, bool by_lead) const;
    double share(ir::ElementId branch) const;
    bool leaves_timeline(ir::ElementId id) const;
    bool holds_up(ir::ElementId id) const;
    std::optional<Tag> busiest_tag(ir::ElementId id) const;
    void compare_with(const Contents& other);
    void note_removed(const Contents& base);

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    std::vector<ir::ElementId> held_up_by_;
    std::vector<ir::TeamId> busiest_teams_;
    std::vector<Burst> bursts_;
    std::vector<std::string> removed_;
    IdVector<ir::ElementId, Mark> marks_;
    IdVector<ir::ElementId, std::vector<std::size_t>> bursts_on_;
    std::map<ir::ElementId, Content> changed_;      ///< leaves that a future changes, with their old values
    std::map<ir::ElementId, double> share_before_;  ///< branches whose share a future changes
};

}  // namespace vsm::backends::svg
