// The parts of the text report below a stream's table, each a few lines or nothing. For the reports of runtime/ alone.
#pragma once

#include <string>

#include "runtime/goals.h"
#include "runtime/report.h"

namespace vsm::runtime {

/// One stream of a file that is reported on.
struct Reported {
    const FileMetrics& file;
    const StreamMetrics& metrics;
    bool color = false;
    const ir::Stream& stream() const { return file.model->stream(metrics.stream); }
    const ir::Model& model() const { return file.model->model(); }
};

/// What it is to achieve: outcome and targets with their verdicts.
std::string goals_section(const Reported& reported);

/// Where the time and the people go.
std::string constraints_section(const Reported& reported);

/// What would help most, in words.
std::string levers_section(const Reported& reported);

/// Of a future: its figures beside those of what it changes, and what does how much of it.
std::string comparison_section(const Reported& reported);

/// Where the map says anything of deployments.
std::string dora_section(const Reported& reported);

/// Sentences one below the other, broken between words at 100 columns.
std::string lines_of(const std::vector<std::string>& sentences);

/// One lever as a sentence: `halving the wait of `approve` takes 2d4h off 8d4h`.
std::string sentence_of(const Lever& lever, const ir::Stream& stream, const StreamMetrics& metrics);

/// The levers worth naming: of each element the one that saves most without taking it away, three at most.
std::vector<Lever> top_levers(const ir::Stream& stream, const StreamMetrics& metrics);

/// `lead time at most 50% by 2027-03-31: now 8d1h, spring 2d4h; 50% of now is 4d`.
std::string judged_text(const JudgedTarget& judged, const Reported& reported);

/// Whether the DORA figures say anything here: the map names a milestone, a recovery, deployments or failures.
bool shows_dora(const ir::Model& model, const ir::Stream& stream);

}  // namespace vsm::runtime
