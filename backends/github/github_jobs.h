// Maps a stream to the jobs of a GitHub workflow and their dependencies. Does not depend on the workflow's syntax.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backends/backend.h"
#include "backends/mock/second_pass.h"
#include "runtime/metrics.h"

namespace vsm::backends::github {

/// A choice between branches, made by an input at the start of the workflow.
struct Choice {
    ir::ElementId element;
    std::string input;
    std::vector<std::pair<ir::ElementId, std::string>> options;  ///< the branches and their words
    std::size_t usual = 0;                                       ///< index of the option that most items take
};

/// A required value of an input.
struct Condition {
    std::string input;
    std::string word;
    std::string usual;  ///< default value of the input
    bool operator==(const Condition&) const = default;
};

/// An element that runs again in a second pass, and the conditions under which it ran before, except for the job's own.
struct Replay {
    mock::Repeated what;
    std::vector<Condition> conditions;
};

/// The second pass after a step found a defect.
struct Rework {
    std::size_t index = 0;        ///< index in the step's `reworks`
    std::vector<Replay> replays;  ///< empty for a repair on the spot
};

struct Job {
    std::string id;
    ir::ElementId step;                ///< invalid if the job only waits
    std::vector<ir::ElementId> waits;  ///< waits and queues that come first, in order
    ir::ElementId waits_for;           ///< a step of the next job, whose own wait follows them; else invalid
    bool waited = false;               ///< the job before includes the step's own wait
    std::vector<std::size_t>
        needs;  ///< indices of earlier jobs, without transitively implied ones; empty: the start job
    std::vector<Condition> conditions;
    bool after_skipped = false;    ///< a job before it may be skipped
    std::optional<Rework> rework;  ///< the job is a second pass, and `step` found the defect
    std::string environment;       ///< its reviewers release the job; may be empty
};

/// A place where a defect can be found, chosen by an input at the start of the workflow.
struct Defect {
    ir::ElementId finder;
    std::size_t index = 0;  ///< index in the step's `reworks`
    std::string word;
};

struct JobGraph {
    std::vector<Job> jobs;          ///< topologically sorted
    std::vector<std::size_t> ends;  ///< jobs that no other job needs
    std::vector<Choice> choices;
    std::vector<Defect> defects;  ///< one per second-pass job
};

inline constexpr char start_id[] = "start";
inline constexpr char seconds_input[] = "seconds_per_day";
inline constexpr char defect_input[] = "defect";
inline constexpr char no_defect[] = "none";

/// Whether rework becomes jobs, or is only described and reported as not carried.
enum class SecondPasses { played, told };

/// Creates a job per step and per rework. A wait belongs to the job that follows it; it gets its own job where flows
/// fork or join, before an approval with reviewers, and at the end of the stream. Reports what cannot be carried.
JobGraph jobs_of(const BackendInput& input, const runtime::StreamMetrics& metrics, SecondPasses passes,
                 Diagnostics& diagnostics);

}  // namespace vsm::backends::github
