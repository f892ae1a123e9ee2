// Which jobs a stream becomes in a GitHub workflow, and what each of them needs. Does not know how a workflow is written.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backends/backend.h"
#include "backends/support/second_pass.h"
#include "runtime/metrics.h"

namespace vsm::backends::github {

/// A choice between branches, made by an input when the workflow is started.
struct Choice {
    ir::ElementId element;
    std::string input;
    std::vector<std::pair<ir::ElementId, std::string>> options;  ///< each branch and its word
    std::size_t usual = 0;                                       ///< the option that most items take
};

/// An input and the word it must be.
struct Condition {
    std::string input;
    std::string word;
    std::string usual;  ///< the word it is unless someone says otherwise
    bool operator==(const Condition&) const = default;
};

/// What runs again in a second pass: all of it, and for each under which conditions it did the first time (those of the job are left out).
struct Replay {
    Repeated what;
    std::vector<Condition> conditions;
};

/// The second pass after a step found a defect.
struct Rework {
    std::size_t index = 0;        ///< which of the finding step's `reworks`
    std::vector<Replay> replays;  ///< none: it is repaired on the spot
};

struct Job {
    std::string id;
    ir::ElementId step;                ///< invalid: the job only waits
    std::vector<ir::ElementId> waits;  ///< waits and queues that come first, in order
    ir::ElementId waits_for;           ///< a step of the next job, whose own wait comes after them; else invalid
    bool waited = false;               ///< the step's own wait is over: the job before has it
    std::vector<std::size_t> needs;    ///< earlier jobs, by position, but those that others imply; none: the start
    std::vector<Condition> conditions;
    bool after_skipped = false;    ///< some job before it may be skipped
    std::optional<Rework> rework;  ///< the job is no step of the map, but a second pass: `step` found the defect
    std::string environment;       ///< whose reviewers let the job begin; empty: nobody's
};

/// Where a defect is found, asked for by an input when the workflow is started.
struct Defect {
    ir::ElementId finder;
    std::size_t index = 0;  ///< which of its `reworks`
    std::string word;
};

struct JobGraph {
    std::vector<Job> jobs;          ///< each after those it needs
    std::vector<std::size_t> ends;  ///< jobs that no other needs
    std::vector<Choice> choices;
    std::vector<Defect> defects;  ///< each has a job
};

inline constexpr char start_id[] = "start";
inline constexpr char seconds_input[] = "seconds_per_day";
inline constexpr char defect_input[] = "defect";
inline constexpr char no_defect[] = "none";

/// Whether rework becomes jobs, or is told in words and reported.
enum class SecondPasses { played, told };

/// One job for each step, and one for each of its reworks; a wait goes to the job that follows it, or is one of its own where ways meet
/// or part, where reviewers are asked, or where the stream ends. Reports what cannot be shown.
JobGraph jobs_of(const BackendInput& input, const runtime::StreamMetrics& metrics, SecondPasses passes,
                 Diagnostics& diagnostics);

}  // namespace vsm::backends::github
