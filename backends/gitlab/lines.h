// Names, output lines and delays of a pipeline's jobs. Does not depend on how jobs follow one another.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/gitlab/gitlab_jobs.h"
#include "runtime/metrics.h"

namespace vsm::backends::gitlab {

class Lines {
public:
    Lines(const BackendInput& input, const runtime::StreamMetrics& metrics)
        : input_(input), stream_(input.map()), metrics_(metrics) {}

    /// `Review the change · 45min · C&A 85%`, within GitLab's limit for the names of jobs that others need: the
    /// pipeline graph shows only names.
    std::string name_of(const Job& job) const;

    std::vector<Line> lines_of(const Job& job) const;

    /// Delay in whole seconds, 1 to 60; 0 for none.
    std::size_t delay_of(const Job& job) const;

private:
    std::string name_of_step(ir::ElementId id) const;
    std::string name_of_wait(ir::ElementId id) const;
    std::string name_of_rework(const Job& job) const;
    std::vector<Line> background() const;
    std::vector<Line> figures() const;
    std::vector<Line> second_pass_of(const Job& job) const;
    std::vector<Line> repair_of(const Job& job) const;
    std::string wait_title(ir::ElementId id) const;
    std::string wait_before(ir::ElementId step) const;
    std::string step_title(ir::ElementId id) const;
    std::string times_text(const ir::Timings& written, const ir::ResolvedTimings& times) const;
    double seconds_of(double microseconds) const;
    double wait_of(const Job& job) const;
    const ir::Step* step_at(ir::ElementId id) const { return ir::step_of(stream_.elements[id]); }
    const ir::Rework& rework_of(const Job& job) const { return step_at(job.element)->reworks[job.rework]; }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
};

}  // namespace vsm::backends::gitlab
