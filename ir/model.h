// The typed model of a map: names are resolved to ids, literals to units. Data only; independent of syntax and metrics.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/shared.h"
#include "base/source.h"
#include "base/strong_id.h"
#include "base/units.h"
#include "ir/distribution.h"
#include "ir/metric.h"

namespace vsm::ir {

struct StreamTag;
struct ElementTag;
struct TeamTag;
using StreamId = Id<StreamTag>;
using ElementId = Id<ElementTag>;  ///< within one stream
using TeamId = Id<TeamTag>;        ///< within the model

/// Text or a name with its source range. If not written, it is empty and the range is invalid.
struct Text {
    std::string value;
    SourceRange range;
    bool given() const { return range.valid(); }
    bool operator==(const Text& other) const { return value == other.value; }
};

/// A time as written. Without a value it is `?`.
struct Time {
    std::optional<Distribution> value;
    bool guess = false;
    SourceRange range;
    bool in_days = false;  ///< written at least partly with `d` or `w`: its length depends on the calendar
};

/// Times as written: two of the three (`kind: external` may give lead alone). CheckedModel has the derived ones.
struct Timings {
    std::optional<Time> process;  ///< hands-on time for one run
    std::optional<Time> wait;     ///< time the item waits before it
    std::optional<Time> lead;     ///< wait + process
};

/// Percent complete and accurate, as written.
struct Quality {
    enum class State { known, unknown, not_applicable };
    State state = State::known;
    Ratio low, high;  ///< equal unless a range
    bool guess = false;
    SourceRange range;
    double mean() const { return (low.value() + high.value()) / 2; }
};

enum class StepKind { manual, automated, approval, external };
enum class ValueClass { va, nnva, nva };
enum class Milestone { commit, production };
std::string_view name_of(StepKind kind);
std::string_view name_of(ValueClass value_class);
std::string_view name_of(Milestone milestone);

/// The evidence for figures: a date and the source.
struct Evidence {
    Date date;
    std::string source;
    SourceRange range;
};

/// An `x_…` property as written: shown, never computed with.
struct Extra {
    Text name;
    std::vector<std::string> values;
    bool list = false;
};

/// The repair of a rework done on the spot.
struct Repair {
    Timings timings;
    std::vector<TeamId> teams;
};

/// Items sent back (to an element before, or to the step itself) or repaired on the spot.
struct Rework {
    Ratio rate;
    bool once = false;
    std::variant<ElementId, Repair> to;
    SourceRange range;  ///< the whole statement
    SourceRange rate_range;
    SourceRange target_range;  ///< the name after `to`; the keyword for a repair
};

struct Step {
    Timings timings;
    std::optional<Quality> quality;
    std::vector<TeamId> teams;
    StepKind kind = StepKind::manual;
    std::optional<ValueClass> value_class;
    std::optional<std::int64_t> people;
    std::int64_t batch = 1;
    std::optional<std::int64_t> wip;
    std::vector<std::string> tools;
    std::optional<Milestone> milestone;
    std::optional<Evidence> measured;
    std::optional<Evidence> estimated;
    std::vector<Rework> reworks;
};

struct Wait {
    Time time;
};

struct Queue {
    Decimal items;
    SourceRange range;
};

/// A graph of elements, in the order written. Its edges are the elements' predecessors.
struct Body {
    std::vector<ElementId> elements;
};

struct Stage {
    Body body;
};

struct Branch {
    std::optional<Ratio> share;  ///< as written; of a choose
    SourceRange share_range;
    bool implicit = false;  ///< generated for a direct element of a parallel; nameless, contains only that element
    Body body;
};

/// Every element of `branches` is a Branch.
struct Parallel {
    std::vector<ElementId> branches;
};
struct Choose {
    std::vector<ElementId> branches;
};

struct Note {
    std::string text;
    SourceRange range;
};

/// `allow RULE "reason"`.
struct Allow {
    std::optional<Code> rule;  ///< nothing if there is no such rule (reported)
    std::string reason;
    SourceRange range;  ///< the whole statement
    SourceRange name_range;
};

/// A burst drawn at the element that it improves; in a future also a group of edits.
struct Kaizen {
    Text title;
    Text owner;
    std::optional<Date> due;
    SourceRange due_range;
    Text capability;
    Text link;
    ElementId on;  ///< invalid: the enclosing block
    std::size_t edits = 0;
    SourceRange range;
};

struct Remarks {
    std::vector<Note> notes;
    std::vector<Allow> allows;
    std::vector<Kaizen> kaizens;
};

struct Element {
    Text name;          ///< empty if it has none
    std::string label;  ///< the name, or `@wait-2`: kind and count
    Text title;
    Text link;
    SourceRange range;                    ///< where diagnostics point: the name, or the keyword if there is none
    SourceRange whole_range;              ///< the statement with its block
    SourceRange block_range;              ///< the properties' block; invalid without one
    ElementId parent;                     ///< invalid: the stream's body
    std::vector<ElementId> predecessors;  ///< in the same body; empty if it starts the body
    std::vector<SourceRange> predecessor_ranges;  ///< where each was written; empty without `after`
    bool after_given = false;
    bool damaged =
        false;  ///< part of it could not be read (reported); properties that seem missing may have been written
    std::vector<Extra> extras;
    Remarks remarks;
    /// A step is many times larger than the other kinds, and streams share it. Read it with `step_of` and `visit`.
    std::variant<Shared<Step>, Wait, Queue, Stage, Parallel, Choose, Branch> what;
};

/// Null if the element is not a step.
inline const Step* step_of(const Element& element) {
    const auto* step = std::get_if<Shared<Step>>(&element.what);
    return step == nullptr ? nullptr : &**step;
}
inline bool is_step(const Element& element) { return std::holds_alternative<Shared<Step>>(element.what); }
/// The step for changes; null if the element is not a step.
inline Step* change_step(Element& element) {
    auto* step = std::get_if<Shared<Step>>(&element.what);
    return step == nullptr ? nullptr : &step->change();
}

/// Calls `visitor` with the element's Step, Wait, ….
template <class Visitor>
decltype(auto) visit(Visitor&& visitor, const Element& element) {
    return std::visit(
        [&]<class What>(const What& what) -> decltype(auto) {
            if constexpr (std::is_same_v<What, Shared<Step>>)
                return visitor(*what);
            else
                return visitor(what);
        },
        element.what);
}

/// `step`, `wait`, …: the keyword an element is written with.
std::string_view keyword_of(const Element& element);

/// The elements directly inside, in the order written; empty for a leaf.
const std::vector<ElementId>& children_of(const Element& element);

enum class Relation { at_most, at_least, below, above, equal };
std::string_view text_of(Relation relation);

/// A value of a metric in a goal.
struct GoalValue {
    std::variant<Duration, Ratio, Decimal, Rate> value;
    std::string text;  ///< as written
    SourceRange range;
};

struct MetricPath {
    Metric metric = Metric::lead_time;
    ElementId element;  ///< for ELEMENT.KEY
    SourceRange range;
    std::string text;
    bool drawn = false;  ///< written `drawn.KEY`: in a target, the metric without rework
};

struct Target {
    MetricPath metric;
    std::optional<GoalValue> baseline;  ///< after `from`
    Relation relation = Relation::at_most;
    GoalValue bound;  ///< a Ratio for a time is relative to the current value
    std::optional<Date> by;
    std::string note;
    SourceRange range;
};

struct Expectation {
    MetricPath metric;
    Relation relation = Relation::equal;
    GoalValue value;
    SourceRange range;
};

struct Team {
    Text name;
    Text title;
    Text link;
    std::optional<std::int64_t> people;
    std::optional<Ratio> available;
    std::optional<Rate> cost;  ///< money per hour of work
    bool declared = false;     ///< false for a free label
    bool imported = false;
    StreamId local_to;  ///< invalid if declared for all streams
    std::vector<Extra> extras;
};

enum class EditKind { change, remove, add, replace, move };

/// An edit of a future, for attributing its effect.
struct Edit {
    EditKind kind = EditKind::change;
    std::string element;                ///< the name of the edited element
    std::optional<std::size_t> kaizen;  ///< index into the future's kaizens
    SourceRange range;
};

struct FutureInfo {
    StreamId of;
    std::optional<Date> by;
    SourceRange by_range;
    std::vector<Edit> edits;
};

/// A stream as it is, or a future state: the stream with its edits applied.
struct Stream {
    Text name;
    Text title;
    SourceRange range;  ///< the name
    SourceRange block_range;
    bool imported = false;
    bool damaged = false;
    Text outcome, owner, trigger, customer, supplier, link;
    Calendar calendar;
    bool calendar_given = false;
    std::optional<Rate> demand;
    std::optional<Date> reviewed;
    StreamId recovers;
    std::optional<Ratio> change_failure;
    std::optional<Rate> deploys;
    bool timings_unknown = false;
    std::vector<Extra> extras;
    SharedVector<ElementId, Element>
        elements;  ///< a future shares unchanged elements with the stream that it is based on
    Body body;
    std::vector<Target> targets;
    std::vector<Expectation> expectations;
    Remarks remarks;
    std::optional<FutureInfo> future;
};

/// A future after only its first edits, for attributing their effect: its elements, without remarks, goals and edits of
/// its own.
struct Interim {
    StreamId future;
    std::size_t edits = 0;  ///< number of edits applied
    Stream stream;
};

/// An `import` in the compiled file.
struct Import {
    Text path;
    FileId file;        ///< the imported file
    SourceRange range;  ///< the whole statement
};

struct Model {
    FileId file;  ///< the compiled file; imported streams are marked
    std::vector<Import> imports;
    IdVector<TeamId, Team> teams;
    IdVector<StreamId, Stream> streams;
    std::vector<Allow> allows;  ///< at the top level of the file
    /// Sorted by future and number of edits. Omits final states, and states that are not a valid map.
    std::vector<Interim> interims;
};

}  // namespace vsm::ir
