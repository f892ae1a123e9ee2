// How the reports of a diff call things. For them alone; knows no layout. Texts of the map stand in it as they are.
#pragma once

#include <string>
#include <vector>

#include "runtime/apart.h"
#include "runtime/diff_report.h"

namespace vsm::runtime {

/// The news of one stream: what it gets, faster or slower, its targets, its bottleneck. `first` is the sentence that matters most.
struct News {
    std::string first;
    std::vector<std::string> further;
    double weight = 0;  ///< what moves most has most
};
News news_of(const DiffedMap& map, const StreamChange& change);

/// Of a map that does not compile, or of teams, a file or findings alone; empty when there is nothing of it.
std::vector<News> news_of_file(const DiffedMap& map);

/// The news of all maps, the weightiest first; those of futures that only follow come last.
std::vector<News> news_of(std::span<const DiffedMap> maps);

/// A stream, or a map that does not compile, in one line.
struct Overview {
    std::string name;     ///< `Checkout`
    std::string lead;     ///< `8d4h → 5d2h`, with rework where there is some; `8d4h` where it stays
    std::string change;   ///< `-3d2h`; empty where there is none
    std::string verdict;  ///< `faster`, `worse for a target`, `new`: words of ours
    std::string file;
    double weight = 0;  ///< as of its news
};

/// Of all maps, the weightiest first. What only follows what it is based on is in none.
std::vector<Overview> overview_of(std::span<const DiffedMap> maps);

/// One change: `Approve the change`, `lead`, `5d`, `2d`.
struct ChangeRow {
    std::string subject, what, before, after;
    ChangeKind kind = ChangeKind::changed;
};
std::vector<ChangeRow> rows_of(const DiffedMap& map, const StreamChange& change);
std::vector<ChangeRow> rows_of_file(const DiffedMap& map);

/// One figure: `lead time`, `8d4h`, `5d2h`, `-3d2h`, better.
struct FigureRow {
    std::string name, before, after, change;
    std::string judgement;  ///< `better`, `worse`, or nothing
};
std::vector<FigureRow> figure_rows(const DiffedMap& map, const StreamChange& change);

/// Whether a figure of a stream that stayed got better; nothing where neither direction is, or one of both is not known. A ratio of the process
/// time counts only where that time did not rise.
std::optional<bool> is_better(const DiffedMap& map, const StreamChange& change, const FigureChange& one);

/// A figure before and after, unlike as text.
ApartTexts value_texts(const DiffedMap& map, const StreamChange& change, const FigureChange& one);

/// `lead_time <= 3d by 2027-03-31: not met, as before`.
std::string target_text(const TargetChange& change);

/// `line 12: missing-ca: …`.
std::string finding_text(const Diagnostic& finding, const SourceSet& sources);

/// A figure in words: `rolled %C&A`.
std::string figure_name(ir::Metric metric);
std::string value_text(ir::Metric metric, const MetricValue& value, const ir::Stream& stream);

/// What an element is called: its title, else its name, else its kind and count.
std::string title_of(const ir::Element& element);

/// What holds the stream up, by title; several that take as long with `and`; empty where nothing does.
std::string name_of_constraint(const ir::Stream& stream, const StreamMetrics& metrics);

/// `8d4h working time in 5 steps`.
std::string quick_figures(const MapSide& side, ir::StreamId id);

/// What a stream is called: its title or name; of a future also of what.
std::string called(const ir::CheckedModel& model, ir::StreamId stream);
const ir::Stream& stream_of(const DiffedMap& map, const StreamChange& change);
const ir::CheckedModel& model_of(const DiffedMap& map, const StreamChange& change);

/// `1 step`, `2 steps`.
std::string counted(std::size_t count, std::string_view one);

}  // namespace vsm::runtime
