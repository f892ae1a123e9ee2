// Words for the reports of a diff. Internal to them; does not depend on layout. Texts from the map are not escaped.
#pragma once

#include <string>
#include <vector>

#include "runtime/reports/diff/diff_report.h"
#include "runtime/words/apart.h"

namespace vsm::runtime {

/// The news of one stream: speed, targets, bottleneck. `first` is the most important sentence.
struct News {
    std::string first;
    std::vector<std::string> further;
    double weight = 0;  ///< sort key: larger for larger changes
};
News news_of(const DiffedMap& map, const StreamChange& change);

/// The news of a file itself: it does not compile, was renamed, or changed only in teams or findings. May be empty.
std::vector<News> news_of_file(const DiffedMap& map);

/// The news of all maps, by descending weight; futures that only follow their base come last.
std::vector<News> news_of(std::span<const DiffedMap> maps);

/// One row for a stream, or for a map that does not compile.
struct Overview {
    enum class Rank {
        broken,
        lost,
        missed,
        worse_for_target,
        worse,
        target_removed,
        relaxed,
        tightened,
        target_added,
        open,
        other,
        reached,
        better
    };
    std::string name;     ///< `Checkout`
    std::string what;     ///< the change that matters most: `Approve: lead 5d → 2d`, and how many more there are
    std::string lead;     ///< `8d4h → 5d2h`, including rework if there is any; `8d4h` if unchanged
    std::string change;   ///< `-3d2h (-38%)`, also `known part +2h (+8%)`; empty if unchanged or unknown
    std::string verdict;  ///< `faster, target not met`, `slower`, `new`
    std::string detail;   ///< what the verdict is about: the target `≤ 3d`, or the figure `60% → 50%`; may be empty
    std::string file;
    Rank rank = Rank::other;           ///< most severe first
    double weight = 0;                 ///< the relative change of the lead time
    const StreamChange* of = nullptr;  ///< null for a map that does not compile

    /// Whether a target makes room for itself.
    bool moves_target() const { return rank == Rank::target_removed || rank == Rank::relaxed; }
    bool worse() const { return rank > Rank::broken && rank <= Rank::worse; }
    bool better() const { return rank >= Rank::reached; }
};

/// One row per stream of all maps, by rank and descending weight. Omits futures that only follow their base.
std::vector<Overview> overview_of(std::span<const DiffedMap> maps);

/// One change: `Approve the change`, `lead`, `5d`, `2d`.
struct ChangeRow {
    std::string subject, what, before, after;
    ChangeKind kind = ChangeKind::changed;
    const ElementChange* of = nullptr;  ///< null: the stream itself, or its file
};
std::vector<ChangeRow> rows_of(const DiffedMap& map, const StreamChange& change);
std::vector<ChangeRow> rows_of_file(const DiffedMap& map);

/// One figure: `lead time`, `8d4h`, `5d2h`, `-3d2h`, better.
struct FigureRow {
    std::string name, before, after, change;
    std::string judgement;  ///< `better`, `worse`, or empty
};
std::vector<FigureRow> figure_rows(const DiffedMap& map, const StreamChange& change);

/// Whether a figure improved; empty if neither direction is better, or if a value is unknown. An unbounded value is
/// worse than any known one. A ratio of process time counts only if that time is known and did not rise.
std::optional<bool> is_better(const DiffedMap& map, const StreamChange& change, const FigureChange& one);

/// A figure before and after, with enough digits to show the difference.
ApartTexts value_texts(const DiffedMap& map, const StreamChange& change, const FigureChange& one);

/// `lead_time <= 3d by 2027-03-31: not met, as before`.
std::string target_text(const TargetChange& change);

/// A metric in words: `rolled %C&A`.
std::string figure_name(ir::Metric metric);
std::string value_text(ir::Metric metric, const MetricValue& value, const ir::Stream& stream);

/// The title of an element, else its name, else its kind and number.
std::string title_of(const ir::Element& element);

/// The titles of the elements that hold the stream up, joined with `and`; empty if there are none.
std::string name_of_constraint(const ir::Stream& stream, const StreamMetrics& metrics);

/// `8d4h working time in 5 steps`.
std::string quick_figures(const MapSide& side, ir::StreamId id);

/// The title or name of a stream; for a future with the name of its base.
std::string called(const ir::CheckedModel& model, ir::StreamId stream);
const ir::Stream& stream_of(const DiffedMap& map, const StreamChange& change);
const ir::CheckedModel& model_of(const DiffedMap& map, const StreamChange& change);

/// `1 step`, `2 steps`.
std::string counted(std::size_t count, std::string_view one);

}  // namespace vsm::runtime
