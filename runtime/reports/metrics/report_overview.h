// Renders an overview of many streams: one row each, and their totals. Internal to the reports of runtime/.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/figures/goals.h"
#include "runtime/reports/metrics/report.h"

namespace vsm::runtime {

/// Totals of the streams as they are; futures are only counted. Times, shares and rates have no meaningful sum over
/// independent streams, so they are not added up.
struct Portfolio {
    std::size_t streams = 0, futures = 0, steps = 0;
    std::size_t unknown = 0;  ///< streams with an unknown lead time
    std::size_t targets = 0, reached = 0;
    std::optional<double> wip, effort_fte;
    std::size_t with_wip = 0, with_effort = 0;  ///< streams for which these are known
};

/// Sums up items in progress (Little's law holds for each stream) and full-time people over the streams that have them;
/// empty if none does.
Portfolio portfolio_of(std::span<const FileMetrics> files);

/// The totals in sentences: streams, targets, people.
std::vector<std::string> sentences_of(const Portfolio& portfolio);

/// `checkout`, `checkout.spring`: a future is prefixed with its base, as in output file names.
std::string full_name_of(const FileMetrics& file, const ir::Stream& stream);

/// The metric to sort by, unless the rows show it anyway; with rework if `rework` and it has such a form.
std::optional<ir::Metric> extra_figure(std::string_view sorted_by, bool rework);

std::string overview(std::span<const FileMetrics> files, ReportStyle style);

}  // namespace vsm::runtime
