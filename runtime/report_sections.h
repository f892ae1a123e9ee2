// The parts of the text report below a stream's table, each a few lines or nothing; and the sentences in them, for whoever else says the same.
#pragma once

#include <string>
#include <vector>

#include "runtime/compare.h"
#include "runtime/goals.h"
#include "runtime/report.h"

namespace vsm::runtime {

/// How a sentence calls an element: as the map's author does, `approve` in back quotes, or by its title, as its picture does.
enum class Naming { names, titles };

/// One stream of a file that is reported on.
struct Reported {
    const FileMetrics& file;
    const StreamMetrics& metrics;
    bool color = false;
    Naming naming = Naming::names;
    const ir::Stream& stream() const { return file.model->stream(metrics.stream); }
    const ir::Model& model() const { return file.model->model(); }
};

/// What it is to achieve: outcome and targets with their verdicts.
std::string goals_section(const Reported& reported);

/// Where the time and the people go.
std::string constraints_section(const Reported& reported);
std::vector<std::string> constraint_sentences(const ir::Model& model, const ir::Stream& stream, const StreamMetrics& metrics, Naming naming);

/// What would help most, in words.
std::string levers_section(const Reported& reported);

/// What the process rules say of the stream, a sentence each.
std::vector<std::string> observations_of(const Reported& reported);

/// Those under their heading.
std::string observations_section(const Reported& reported);

/// Of a future: its figures beside those of what it changes, and what does how much of it.
std::string comparison_section(const Reported& reported);

/// A figure of the whole stream, now and then; empty where nothing is to be said.
struct DifferenceWords {
    std::string_view key;
    std::string now, then, change, ratio;
};
/// Those worth a line.
std::vector<DifferenceWords> difference_words(const Comparison& comparison, const ir::Model& model, const ir::Stream& now, const ir::Stream& future);

/// What a kaizen or a free edit does to the expected lead time, the process time and the rolled %C&A.
struct ContributionWords {
    std::string title;
    std::vector<std::string> changes;
};
std::vector<ContributionWords> contribution_words(const Comparison& comparison, const ir::Stream& future);

/// Where the map says anything of deployments.
std::string dora_section(const Reported& reported);

/// Sentences one below the other, broken between words at 100 columns.
std::string lines_of(const std::vector<std::string>& sentences);

/// One lever as a sentence: `halving the wait of `approve` takes 2d4h off 8d4h`.
std::string sentence_of(const Lever& lever, const ir::Stream& stream, const StreamMetrics& metrics, Naming naming = Naming::names);

/// The levers worth naming: of each element the one that saves most without taking it away, three at most.
std::vector<Lever> top_levers(const ir::Stream& stream, const StreamMetrics& metrics);

/// What is said of a target: `lead time at most 50% by 2027-03-31`, `8d1h`, `spring 2d4h`, `50% of now is 4d`.
struct JudgedWords {
    std::string wanted, now;
    std::vector<std::string> then;
    std::string rest;  ///< may be empty
};
JudgedWords words_of(const JudgedTarget& judged, const Reported& reported);

/// `lead time at most 50% by 2027-03-31: now 8d1h, spring 2d4h; 50% of now is 4d`.
std::string judged_text(const JudgedTarget& judged, const Reported& reported);

/// Whether the DORA figures say anything here: the map names a milestone, a recovery, deployments or failures.
bool shows_dora(const ir::Model& model, const ir::Stream& stream);

}  // namespace vsm::runtime
