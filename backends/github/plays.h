// Builds the steps of a job: waits, texts and titles. Does not depend on how jobs follow one another.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/github/github_jobs.h"
#include "backends/github/workflow_text.h"
#include "runtime/metrics.h"

namespace vsm::backends::github {

inline constexpr std::size_t longest_title = 100;

/// The conditions as input checks. With `--on`, they have defaults, since events other than a manual start pass no
/// inputs.
std::vector<InputIs> asked(const BackendInput& input, const std::vector<Condition>& conditions);

/// A workflow step's content: a wait or a piece of work.
struct Moment {
    std::string title;
    std::string times;  ///< its times in words, unless the title contains them
    std::string all;    ///< all other facts of the map, and the times; may be empty
    double microseconds = 0;
};

class Plays {
public:
    Plays(const BackendInput& input, const runtime::StreamMetrics& metrics)
        : input_(input), stream_(input.map()), metrics_(metrics) {}

    /// `Review the change · 45min · wait 7h15min · C&A 85%`: the graph of a run shows only names.
    std::string name_of(const Job& job) const;
    WorkflowList steps_of(const Job& job) const;

private:
    std::string name_of_step(const Job& job) const;
    std::string name_of_rework(const Job& job) const;
    std::string wait_title(ir::ElementId id) const;
    std::string title_of_wait_before(ir::ElementId step) const;

    std::vector<Moment> moments_of(ir::ElementId id) const;
    Moment wait_before(ir::ElementId step) const;
    std::vector<Moment> moments_of_repair(const Job& job) const;
    Moment wait(ir::ElementId id) const;
    Moment work(ir::ElementId id, const ir::Step& step) const;
    void add_again(WorkflowList& steps, const Replay& replay) const;
    WorkflowMap play(WorkflowMap step, const std::string& title, const std::string& text, double microseconds) const;

    std::string times_text(const ir::Timings& written, const ir::ResolvedTimings& times) const;
    const ir::Step& step_at(ir::ElementId id) const;
    const ir::Rework& rework_of(const Job& job) const;

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
};

}  // namespace vsm::backends::github
