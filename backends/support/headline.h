// What a reader asks of a stream first, in figures and in sentences: for the picture and for the page around it. Knows neither shapes nor markup.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "runtime/goals.h"
#include "runtime/metrics.h"

namespace vsm::backends {

/// One of the stream's totals.
struct Headline {
    enum class Tone { plain, work };
    ir::Metric metric;             ///< what it is, whatever the label: as drawn
    std::string label;
    std::string value;             ///< where rework makes another of it, that one
    std::string now;               ///< of a future: the same figure of the stream it is based on; empty where it is the same
    std::vector<std::string> notes;  ///< as drawn, where rework makes another of it, and by how much
    std::string meaning;           ///< for someone who meets it for the first time; may be empty
    Tone tone = Tone::plain;
};

/// The figures that a stream's targets are judged with: `own`, of a future those of the stream as it is, of that all of its futures; in the order of
/// the model.
std::vector<runtime::StreamMetrics> related_figures(const BackendInput& input, const runtime::StreamMetrics& own);

/// Lead time, process time, activity ratio, rolled %C&A; unknown ones as bounds. What the map does not speak of is left out.
std::vector<Headline> headlines_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// Where the time goes and who has none left, as sentences.
std::vector<std::string> constraints_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// What would help most, as sentences.
std::vector<std::string> levers_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// A target with its verdict.
struct Goal {
    std::string wanted;             ///< `lead time at most 50% by 2027-03-31`
    std::string now;
    std::vector<std::string> then;  ///< of each future that is asked: `Spring 2027: 2d4h`
    std::string rest;               ///< `50% of now is 4d`; may be empty
    std::string verdict;            ///< `met by future`
    std::string sentence;           ///< all of it but the verdict
};

/// The targets of a stream, or those of a future.
std::vector<Goal> goals_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// Of a kaizen: `Automate the suite — qa, by 2027-02-28`.
std::string kaizen_text(const BackendInput& input, const ir::Kaizen& kaizen);

}  // namespace vsm::backends
