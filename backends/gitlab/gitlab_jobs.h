// Maps a stream to the jobs of a GitLab pipeline, their stages and dependencies. Does not depend on the pipeline's
// syntax.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/gitlab/gitlab_text.h"
#include "backends/support/second_pass.h"
#include "runtime/metrics.h"

namespace vsm::backends::gitlab {

/// An element that runs again in a second pass, and its conditions in addition to the job's.
struct Replay {
    Repeated what;
    std::vector<Condition> conditions;
};

struct Job {
    enum class Kind {
        start,  ///< without an element, like the next one
        figures,
        wait,  ///< a wait or queue, or the wait before a step
        step,
        rework,  ///< the second pass after the step found a defect
    };
    Kind kind = Kind::step;
    ir::ElementId element;
    std::size_t rework = 0;       ///< index in the step's `reworks`
    std::vector<Replay> replays;  ///< rework only; empty for a repair on the spot
    std::size_t stage = 0;
    std::vector<std::size_t> needs;  ///< indices of earlier jobs, without implied ones
    std::vector<Condition> conditions;
};

/// A pipeline variable to set at the start of the pipeline.
struct Question {
    std::string variable;
    std::string description;  ///< contains only names of the map and our own words
    std::vector<std::string> words;
    std::size_t usual = 0;
};

struct JobGraph {
    std::vector<Job> jobs;            ///< topologically sorted
    std::vector<std::string> stages;  ///< titles, ordered so that no job needs one of a later stage
    std::vector<Question> questions;
};

/// Whether every pipeline that contains `job` also contains `need`.
bool comes_with(const Job& job, const Job& need);

/// Creates the start and figures jobs, and between them a job per wait, step and rework. Reports what cannot be
/// carried.
JobGraph jobs_of(const BackendInput& input, const runtime::StreamMetrics& metrics, Diagnostics& diagnostics);

}  // namespace vsm::backends::gitlab
