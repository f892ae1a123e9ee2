// Which jobs a stream becomes in a GitHub workflow, and what each of them needs. Does not know how a workflow is written.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "backends/backend.h"

namespace vsm::backends::github {

/// A choice between branches, made by an input when the workflow is started.
struct Choice {
    ir::ElementId element;
    std::string input;
    std::vector<std::pair<ir::ElementId, std::string>> options;  ///< each branch and its word
    std::size_t usual = 0;                                       ///< the option that most items take
};

struct Job {
    std::string id;
    ir::ElementId step;                ///< invalid: the job only waits
    std::vector<ir::ElementId> waits;  ///< waits and queues that come first, in order
    std::vector<std::size_t> needs;    ///< earlier jobs, by position, but those that others imply; none: the start
    std::vector<std::pair<std::string, std::string>> conditions;  ///< inputs and what they must say
    bool after_skipped = false;                                   ///< some job before it may be skipped
};

struct JobGraph {
    std::vector<Job> jobs;          ///< each after those it needs
    std::vector<std::size_t> ends;  ///< jobs that no other needs
    std::vector<Choice> choices;
};

inline constexpr char start_id[] = "start";
inline constexpr char seconds_input[] = "seconds_per_day";

/// One job for each step; a wait goes to the job that follows it, or is one of its own where ways meet or part or the stream ends.
/// Reports what cannot be shown.
JobGraph jobs_of(const BackendInput& input, Diagnostics& diagnostics);

}  // namespace vsm::backends::github
