// Many streams at a glance: one row each, and what they come to together. For the reports of runtime/ alone.
#pragma once

#include <span>
#include <string>

#include "runtime/goals.h"
#include "runtime/report.h"

namespace vsm::runtime {

/// Of the streams as they are; their futures are not counted.
struct Portfolio {
    std::size_t streams = 0, steps = 0;
    std::size_t unknown = 0;  ///< streams whose lead time is not known
    std::size_t targets = 0, reached = 0;
    std::optional<double> wip, effort_fte;  ///< of those that state what is needed
};

Portfolio portfolio_of(std::span<const FileMetrics> files);
std::string text_of(const Portfolio& portfolio);

std::string overview(std::span<const FileMetrics> files, bool color);

}  // namespace vsm::runtime
