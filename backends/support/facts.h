// The properties and metrics of an element or stream as labelled texts, for backends that show them to people. Returns
// plain text from the map; each backend escapes it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends {

/// A labelled value, such as `process time` and `45min`.
struct Fact {
    std::string label;
    std::string text;
};

/// Shown for an unknown value, as in the map.
inline constexpr std::string_view unknown_text = "?";

/// The display name of an element: its title, else its name, else its label (`@wait-2`).
const std::string& called(const ir::Element& element);
const std::string& called(const ir::Stream& stream);

/// The times, quality, teams and remarks of a step, wait or queue, most important first. Times are working time;
/// unknown values are `?`.
std::vector<Fact> facts_of(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id);

/// Lead time, process time, activity ratio and rolled %C&A of the stream, with bounds for unknown values; the last only
/// if a step states a %C&A.
std::vector<Fact> totals_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// The stream's other properties: outcome, owner, trigger, demand, targets, kaizens, notes and so on.
std::vector<Fact> background_of(const BackendInput& input);

/// Whether the element holds up the stream (runtime::held_up_by), or is a step whose own people are the busiest.
bool is_constraint(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id);

/// The share of the expected lead time, or of its known part, that passes at a leaf; nothing if the lead time is zero.
std::optional<double> part_of_lead_time(const runtime::StreamMetrics& metrics, ir::ElementId id);

/// What makes an element a constraint: `43.4% of the lead time`, `busiest, 80% utilized`, or both; empty for any other
/// element.
std::string constraint_text(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id);

/// The busiest teams, unless a single step's own people are busier: `busiest team` and `Quality engineers, 80%
/// utilized`.
std::optional<Fact> busiest_team(const BackendInput& input, const runtime::StreamMetrics& metrics);
/// `busiest`, with ` of those known` appended if a load is unknown.
std::string busiest_words(const runtime::StreamMetrics& metrics, std::string_view words);

/// `label: text` for each fact, joined by `separator`.
std::string joined(const std::vector<Fact>& facts, std::string_view separator);

/// The display names of teams, `dev, qa`; empty without teams.
std::string teams_of(const BackendInput& input, const std::vector<ir::TeamId>& teams);

/// `15% goes back to Review the change` or `10%, at most once, is repaired on the spot`.
std::string rework_text(const BackendInput& input, const ir::Rework& rework);

/// A time, with its range after the mean: `45min (30min to 1h)`. The range of an unbounded distribution reads `mostly`,
/// and a guess is marked as in the map: `~3h`.
std::string time_text(const ir::ResolvedTime& time, const Calendar& calendar);

/// The mean alone, `~3h`, for names and small spaces; the lower bound if `time` is unknown.
std::string short_time(const ir::ResolvedTime& time, const Calendar& calendar);

/// The mean of a wait or a queue whose time is known.
std::string short_wait(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id);

/// The times of a step or repair, unknown ones included: process time and wait before. The lead time is added if one of
/// these is unknown, and replaces them if only it is given.
std::vector<Fact> times_of(const ir::Timings& written, const ir::ResolvedTimings& times, const Calendar& calendar);

/// `85%`, `85% (80% to 90%)`, `~80%` for a guess, `?` or `does not apply`.
std::string quality_text(const ir::Quality& quality);

/// The mean alone, `~85%`. `quality` must be known.
std::string short_quality(const ir::Quality& quality);

/// A time, `at least 2h` for a lower bound, or `?`.
std::string at_least(const runtime::TimeFigure& figure, const Calendar& calendar);

/// How long a mock plays a step or a repair, in microseconds: the wait before it, then the work. Unknown parts take no
/// time.
struct Play {
    double wait = 0;
    double work = 0;
    bool known = true;        ///< false if a part is unknown
    bool lead_alone = false;  ///< only the lead time is given; all of it is played as work
};
Play play_of(const BackendInput& input, ir::ElementId step);
Play play_of(const ir::Timings& written, const ir::ResolvedTimings& times);

/// Shortens a text to `units` UTF-16 code units (the unit that AWS and browsers count), at character boundaries, with
/// `…` at the end if it was cut. `units` must be at least 1.
std::string cut(std::string_view text, std::size_t units);
std::size_t utf16_units(std::string_view text);

}  // namespace vsm::backends
