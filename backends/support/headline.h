// The key metrics and findings of a stream, as figures and sentences, for the picture and the page around it. Does not
// depend on shapes or markup.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "runtime/figures/goals.h"
#include "runtime/metrics.h"

namespace vsm::backends {

/// One of the stream's key metrics.
struct Headline {
    enum class Tone { plain, work };
    ir::Metric metric;  ///< the metric as drawn, whatever the label says
    std::string label;
    std::string value;               ///< with rework, if rework changes it
    std::string now;                 ///< the same metric of the base, if this is a future and it differs; else empty
    std::vector<std::string> notes;  ///< the value as drawn and the effect of rework, if they differ
    std::string meaning;             ///< an explanation for newcomers; may be empty
    Tone tone = Tone::plain;
};

/// The metrics that the stream's targets are judged against, in model order: `own` and, for a future, those of the
/// stream at the root of its chain of futures; otherwise those of all its futures.
std::vector<runtime::StreamMetrics> related_figures(const BackendInput& input, const runtime::StreamMetrics& own);

/// Lead time, process time, activity ratio, rolled %C&A; bounds for unknown values. Omits what the map does not state.
std::vector<Headline> headlines_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// Sentences about where the time goes and whose capacity is used up.
std::vector<std::string> constraints_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// Sentences about the changes that would help most.
std::vector<std::string> levers_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// A target with its verdict.
struct Goal {
    std::string wanted;  ///< `lead time at most 50% by 2027-03-31`
    std::string now;
    std::vector<std::string> then;  ///< per judged future: `Spring 2027: 2d4h`
    std::string rest;               ///< `50% of now is 4d`; may be empty
    std::string verdict;            ///< `met by future`
    std::string sentence;           ///< everything except the verdict
};

/// The targets of a stream; for a future, those it is judged by.
std::vector<Goal> goals_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// A kaizen with owner and date: `Automate the suite — qa, by 2027-02-28`.
std::string kaizen_text(const BackendInput& input, const ir::Kaizen& kaizen);

}  // namespace vsm::backends
