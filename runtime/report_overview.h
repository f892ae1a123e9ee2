// Many streams at a glance: one row each, and what they come to together. For the reports of runtime/ alone.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/goals.h"
#include "runtime/report.h"

namespace vsm::runtime {

/// Of the streams as they are; their futures are counted, and count for nothing else. Times, shares and rates are not added up: of things
/// that are delivered one beside the other no sum of them means anything.
struct Portfolio {
    std::size_t streams = 0, futures = 0, steps = 0;
    std::size_t unknown = 0;  ///< streams whose lead time is not known
    std::size_t targets = 0, reached = 0;
    std::optional<double> wip, effort_fte;
    std::size_t with_wip = 0, with_effort = 0;  ///< streams that state what is needed for these
};

/// Sums over streams that state enough: items in progress (Little's law holds for each) and people working full time, absent where no stream does.
Portfolio portfolio_of(std::span<const FileMetrics> files);

/// What comes to what together: a sentence for the streams, the targets, and the people.
std::vector<std::string> sentences_of(const Portfolio& portfolio);

/// `checkout`, `checkout.spring`: a future after what it is based on, as in the names of files.
std::string full_name_of(const FileMetrics& file, const ir::Stream& stream);

/// The figure that is sorted by, where the rows do not show it anyway.
std::optional<ir::Metric> extra_figure(std::string_view sorted_by, bool rework);

std::string overview(std::span<const FileMetrics> files, ReportStyle style);

}  // namespace vsm::runtime
