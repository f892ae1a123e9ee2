// The parts of a report on one stream, each a few sentences or a table, or nothing; for the terminal, for Markdown, and for whoever draws
// the same. Knows no layout.
#pragma once

#include <string>

#include "runtime/compare.h"
#include "runtime/goals.h"
#include "runtime/report.h"
#include "runtime/text_table.h"

namespace vsm::runtime {

/// Where a report is read: says how someone's words stand among ours. A picture calls elements by their titles, all others by their names;
/// escaping is its own affair.
enum class Medium { terminal, markdown, picture };

/// One stream of a file that is reported on.
struct Reported {
    const FileMetrics& file;
    const StreamMetrics& metrics;
    Medium medium = Medium::terminal;
    const ir::Stream& stream() const { return file.model->stream(metrics.stream); }
    const ir::Model& model() const { return file.model->model(); }
    /// Someone's text in a sentence.
    std::string plain(std::string_view text) const;
    /// Someone's text in a cell.
    std::string cell(std::string_view text) const;
    /// Someone's name in a sentence, told from the words around it.
    std::string name(std::string_view text) const;
};

/// The heading and the sentences are fit for the medium. The cells are not yet: they are one line each, and no more.
struct Section {
    std::string heading;
    std::vector<std::string> sentences;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;  ///< the first is their heading
    bool empty() const { return sentences.empty() && rows.size() < 2; }
};

/// The targets with their verdicts.
Section targets_section(const Reported& reported);

/// Where the time and the people go.
Section constraints_section(const Reported& reported);

/// What rework makes of a figure, beside its value: `18% more, on another way`, `approximate`. Nothing where it makes nothing of it worth telling.
std::vector<std::string> rework_effects(const ir::Stream& stream, const StreamMetrics& metrics, ir::Metric drawn);

/// What would help most, in words.
Section levers_section(const Reported& reported);

std::span<const Observation> observations_of(const FileMetrics& file, ir::StreamId stream);

/// What the process rules say of the stream, a sentence each.
Section observations_section(const Reported& reported);

/// Of a future: its figures beside those of what it changes, and what does how much of it.
std::vector<Section> comparison_sections(const Reported& reported);

/// A figure of the whole stream, now and then; empty where nothing is to be said.
struct DifferenceWords {
    std::string_view key;
    std::string name;  ///< in words
    std::string now, then, change, ratio;
};
/// Those worth a line.
std::vector<DifferenceWords> difference_words(const Comparison& comparison, const Reported& now, const Reported& future);

/// What a kaizen or a free edit does to the lead time with rework, the process time and the rolled %C&A; empty where it does nothing.
struct ContributionWords {
    std::string title;
    std::vector<std::string> changes;
};
/// The last is all of them together.
std::vector<ContributionWords> contribution_words(const Comparison& comparison, const ir::Stream& future);

/// Where the map says anything of deployments.
Section dora_section(const Reported& reported);

/// All of these, in the order in which they are read below the figures; those that say nothing are left out.
std::vector<Section> sections_below(const Reported& reported);

/// One lever as a sentence: `halving the wait of `approve` takes 2d4h off 8d4h`.
std::string sentence_of(const Lever& lever, const Reported& reported);

/// The levers worth naming: of each element the one that saves most without taking it away, three at most; and the best for quality.
std::vector<Lever> top_levers(const StreamMetrics& metrics);

/// What is said of a target: `lead time at most 50% of now (4d) by 2027-03-31`, `8d1h`, ``spring` 2d4h`, `4% of the way from 47%`.
struct JudgedWords {
    std::string wanted, now;
    std::vector<std::string> then;  ///< of a target of a future its own figure alone
    std::string rest;  ///< may be empty
};
JudgedWords words_of(const JudgedTarget& judged, const Reported& reported);

/// `lead time at most 50% of now (4d) by 2027-03-31; now 8d1h, `spring` 2d4h`; of a future's own `lead time at most 2d; 2d (now 5d)`.
std::string judged_text(const JudgedTarget& judged, const Reported& reported);

/// Whether the DORA figures say anything here: the map names a milestone, a recovery, deployments or failures.
bool shows_dora(const ir::Stream& stream, const StreamMetrics& metrics);

/// The targets of a stream against the figures of its file.
std::vector<JudgedTarget> targets_of(const FileMetrics& file, const StreamMetrics& metrics);

}  // namespace vsm::runtime
