// Which jobs a stream becomes in a GitLab pipeline, in which stages, and what each of them needs. Does not know how they are written.
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

/// What runs again in a second pass, and under which conditions besides those of the job.
struct Replay {
    Repeated what;
    std::vector<Condition> conditions;
};

struct Job {
    enum class Kind {
        start,  ///< of no element, as the next one
        figures,
        wait,  ///< a wait or queue, or what a step waits for before it
        step,
        rework,  ///< the second pass after the step found a defect
    };
    Kind kind = Kind::step;
    ir::ElementId element;
    std::size_t rework = 0;       ///< which of the step's `reworks`
    std::vector<Replay> replays;  ///< of a rework; none: a repair on the spot
    std::size_t stage = 0;
    std::vector<std::size_t> needs;  ///< earlier jobs, by position, but those that others imply
    std::vector<Condition> conditions;
};

/// A variable that is asked for when the pipeline is started.
struct Question {
    std::string variable;
    std::string description;  ///< of names of the map and our own words
    std::vector<std::string> words;
    std::size_t usual = 0;
};

struct JobGraph {
    std::vector<Job> jobs;            ///< each after those it needs
    std::vector<std::string> stages;  ///< titles, in an order in which no job needs one of a later stage
    std::vector<Question> questions;
};

/// Whether a pipeline that holds `job` always holds `need`.
bool comes_with(const Job& job, const Job& need);

/// Start and figures, and between them a job for each wait, each step and each rework. Reports what cannot be shown.
JobGraph jobs_of(const BackendInput& input, const runtime::StreamMetrics& metrics, Diagnostics& diagnostics);

}  // namespace vsm::backends::gitlab
