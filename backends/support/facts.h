// What a map says of an element or of the whole stream, in words and figures, for targets that show it to people. Plain text as the map
// has it: each target makes it fit for where it puts it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends {

/// One thing that is known, such as `process time` and `45min`.
struct Fact {
    std::string label;
    std::string text;
};

/// In place of a value that nobody knows, as in the map.
inline constexpr std::string_view unknown_text = "?";

/// What people call an element: its title, or its name, or `@wait-2`.
const std::string& called(const ir::Element& element);
const std::string& called(const ir::Stream& stream);

/// The times, quality, teams and remarks of a step, wait or queue, the most important first. Times are working time; what is not
/// known says `?`.
std::vector<Fact> facts_of(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id);

/// Lead time, process time, activity ratio and rolled %C&A of the stream, with bounds for what is unknown; the last only where some step speaks of it.
std::vector<Fact> totals_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

/// What else the map says of the stream as a whole: outcome, owner, trigger, demand, targets, kaizens, notes.
std::vector<Fact> background_of(const BackendInput& input);

/// Whether a step, wait or queue takes most of the lead time, or a step's people have the most to do.
bool is_constraint(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id);

/// The part of the expected lead time, or of what is known of it, that passes at a leaf; nothing where no time does.
std::optional<double> part_of_lead_time(const runtime::StreamMetrics& metrics, ir::ElementId id);

/// How much a constraint of the stream takes: `43.4% of the lead time`, `busiest, 80% utilized`, or both; empty for any other element.
std::string constraint_text(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id);

/// The team that has the most to do, where it is no single step's: `busiest team` and `Quality engineers, 80% utilized`.
std::optional<Fact> busiest_team(const BackendInput& input, const runtime::StreamMetrics& metrics);
/// `busiest`, and `of those known` where somebody's load is not known.
std::string busiest_words(const runtime::StreamMetrics& metrics, std::string_view words);

/// `label: text` of each, with `separator` between.
std::string joined(const std::vector<Fact>& facts, std::string_view separator);

/// The teams of a step, `dev, qa`; empty without one.
std::string teams_of(const BackendInput& input, const std::vector<ir::TeamId>& teams);

/// `15% goes back to Review the change` or `10%, at most once, is repaired on the spot`.
std::string rework_text(const BackendInput& input, const ir::Rework& rework);

/// A time as people say it; a range with its mean first: `45min (30min to 1h)`. What has no bounds lies `mostly` there, and a guess is
/// marked as in the map: `~3h`.
std::string time_text(const ir::ResolvedTime& time, const Calendar& calendar);

/// The mean alone, `~3h`, for names and where there is little room. `time` is known.
std::string short_time(const ir::ResolvedTime& time, const Calendar& calendar);

/// The same of a wait or a queue, whose time is known.
std::string short_wait(const BackendInput& input, const runtime::StreamMetrics& metrics, ir::ElementId id);

/// What is known of a step's or a repair's times, and what is not: process time and wait before, and the lead time where one of these is unknown or it alone is given.
std::vector<Fact> times_of(const ir::Timings& written, const ir::ResolvedTimings& times, const Calendar& calendar);

/// The same in the name of a mock's job: ` · 45min · wait 1h`, ` · lead 4d · process ? · wait ?`, ` · times ?`. `waits_apart`: a job of its own tells a wait that is known.
std::string times_in_name(const ir::Timings& written, const ir::ResolvedTimings& times, bool waits_apart, const Calendar& calendar);

/// `85%`, `85% (80% to 90%)`, `~80%` for a guess, `?` or `does not apply`.
std::string quality_text(const ir::Quality& quality);

/// The mean alone, `~85%`. `quality` is known.
std::string short_quality(const ir::Quality& quality);

/// In the name of a mock's job: ` · C&A 85%`, ` · C&A ?`; empty where the map states none, or it does not apply.
std::string quality_in_name(const std::optional<ir::Quality>& quality);

/// A figure as people say it, or `at least 2h`, or `?`.
std::string at_least(const runtime::TimeFigure& figure, const Calendar& calendar);

/// How a mock plays a step or a repair, in microseconds: the wait before it, then the work. What is unknown takes no time.
struct Play {
    double wait = 0;
    double work = 0;
    bool known = true;        ///< false when something of it is unknown
    bool lead_alone = false;  ///< only the lead time is known: all of it is played as work
};
Play play_of(const BackendInput& input, ir::ElementId step);
Play play_of(const ir::Timings& written, const ir::ResolvedTimings& times);

/// Working days on the stream's calendar, to nine decimals.
double days_of(double microseconds, const Calendar& calendar);

/// At most `units` UTF-16 code units of a text (how AWS and browsers count), whole characters only, `…` at the end where something was
/// cut. `units` is at least 1.
std::string cut(std::string_view text, std::size_t units);
std::size_t utf16_units(std::string_view text);

}  // namespace vsm::backends
