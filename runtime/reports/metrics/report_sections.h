// The sections of a report on one stream, each with sentences or a table, or empty; for the terminal, Markdown and
// pictures. Does not depend on layout.
#pragma once

#include <string>

#include "runtime/figures/compare.h"
#include "runtime/figures/goals.h"
#include "runtime/reports/metrics/report.h"
#include "runtime/reports/text_table.h"

namespace vsm::runtime {

/// Where a report is read, which decides how user text is quoted and escaped. A picture names elements by title and
/// escapes by itself; the others use names.
enum class Medium { terminal, markdown, picture };

/// A stream to report on, with its file.
struct Reported {
    const FileMetrics& file;
    const StreamMetrics& metrics;
    Medium medium = Medium::terminal;
    const ir::Stream& stream() const { return file.model->stream(metrics.stream); }
    const ir::Model& model() const { return file.model->model(); }
    /// User text in a sentence.
    std::string plain(std::string_view text) const;
    /// User text in a cell.
    std::string cell(std::string_view text) const;
    /// A user-given name in a sentence, set off from the words around it.
    std::string name(std::string_view text) const;
};

/// The name; for an unnamed element or in a picture the title, if any; else kind and number.
std::string label_of(const Reported& reported, ir::ElementId id);

/// Heading and sentences are escaped for the medium. Cells are not, but have one line each in the terminal.
struct Section {
    std::string heading;
    std::vector<std::string> sentences;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;  ///< the first is the header
    bool empty() const { return sentences.empty() && rows.size() < 2; }
};

/// Targets with their verdicts.
Section targets_section(const Reported& reported);

/// The longest elements and the busiest people.
Section constraints_section(const Reported& reported);

/// The effects of rework on a figure, to print beside its value: `18% more, on another way`, `approximate`. Empty if
/// insignificant.
std::vector<std::string> rework_effects(const ir::Stream& stream, const StreamMetrics& metrics, ir::Metric drawn);

/// The top levers, one sentence each.
Section levers_section(const Reported& reported);

std::span<const Observation> observations_of(const FileMetrics& file, ir::StreamId stream);

/// The observations of the process rules, one sentence each; five per rule, then how many more there are.
Section observations_section(const Reported& reported);

/// For a future: its figures beside those of its base, and the contribution of each part. Empty for other streams.
std::vector<Section> comparison_sections(const Reported& reported);

/// A figure of the whole stream, now and then; texts are empty if they do not apply.
struct DifferenceWords {
    std::string_view key;
    std::string name;  ///< in words
    std::string now, then, change, ratio;
};
/// The differences that are worth a line.
std::vector<DifferenceWords> difference_words(const Comparison& comparison, const Reported& now,
                                              const Reported& future);

/// The effect of a kaizen or a free edit on the lead time with rework, the process time and the rolled %C&A; a text is
/// empty if there is none.
struct ContributionWords {
    std::string title;
    std::vector<std::string> changes;
};
/// One entry per contribution; if there are several, the last is the total.
std::vector<ContributionWords> contribution_words(const Comparison& comparison, const ir::Stream& future);

/// DORA figures; empty unless the map states something about deployments.
Section dora_section(const Reported& reported);

/// The sections below the figures, in reading order, without empty ones.
std::vector<Section> sections_below(const Reported& reported);

/// A lever as a sentence: `halving the wait of `approve` takes 2d4h off 8d4h`.
std::string sentence_of(const Lever& lever, const Reported& reported);

/// The levers worth naming: at most three that save time, one per element and none that removes it; and the best one
/// for quality.
std::vector<Lever> top_levers(const StreamMetrics& metrics);

/// A target in words: `lead time at most 50% of now (4d) by 2027-03-31`, `8d1h`, ``spring` 2d4h`,
/// `4% of the way from 47%`.
struct JudgedWords {
    std::string wanted, now;
    std::vector<std::string> then;  ///< for a future's own target, that future's value only
    std::string rest;               ///< progress; may be empty
};
JudgedWords words_of(const JudgedTarget& judged, const Reported& reported);

/// `lead time at most 50% of now (4d) by 2027-03-31; now 8d1h, `spring` 2d4h`; for a future's own target
/// `lead time at most 2d; 2d (now 5d)`.
std::string judged_text(const JudgedTarget& judged, const Reported& reported);

/// Whether DORA figures are of interest: the map states a milestone, a recovery, deployments or failures.
bool shows_dora(const ir::Stream& stream, const StreamMetrics& metrics);

/// The judged targets of a stream.
std::vector<JudgedTarget> targets_of(const FileMetrics& file, const StreamMetrics& metrics);

}  // namespace vsm::runtime
