// The names, titles and texts of a mock pipeline, the same on every console. Does not depend on how jobs follow one
// another.
#pragma once

#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/mock/mock_plan.h"
#include "backends/mock/second_pass.h"
#include "runtime/metrics.h"

namespace vsm::backends::mock {

/// The limit for names of jobs in UTF-16 units: with a number in front, within the 128 characters that GitLab allows.
inline constexpr std::size_t longest_name = 110;

class MockTexts {
public:
    MockTexts(const BackendInput& input, const runtime::StreamMetrics& metrics)
        : input_(input), stream_(input.stream()), metrics_(metrics) {}

    /// `Start · Merge request opened`.
    std::string start_name() const;
    /// `Wait 1d · Shared environment booked`; for a step, the wait before it: `Wait 7h15min · Review the change`.
    std::string pause_name(ir::ElementId id) const;
    /// `Review the change · 45min · C&A 85%`. `with_wait`: its job also plays the wait before it, so that the name has
    /// it too: `Review the change · 45min · wait 7h15min · C&A 85%`.
    std::string work_name(ir::ElementId id, bool with_wait) const;
    /// `Rework 15% · back to Review the change`.
    std::string rework_name(ir::ElementId finder, std::size_t rework) const;

    /// The stream and its properties, a step each.
    std::vector<MockStep> background() const;
    /// The totals, a step each.
    std::vector<MockStep> figures() const;
    /// A wait or queue, or the wait before a step.
    MockStep pause(ir::ElementId id) const;
    MockStep work(ir::ElementId id) const;
    /// What plays an element in a second pass, with shorter texts. An element that runs alongside takes no time.
    std::vector<MockStep> again(const Repeated& repeated) const;
    /// A repair on the spot, after the wait before it.
    std::vector<MockStep> repair(ir::ElementId finder, std::size_t rework) const;

private:
    std::string wait_text(ir::ElementId id) const;
    std::string work_title(ir::ElementId id) const;
    std::string times_text(const ir::Timings& written, const ir::ResolvedTimings& times) const;
    const ir::ResolvedTimings& times_at(ir::ElementId id) const;
    const ir::Step& step_at(ir::ElementId id) const;

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
};

/// What the head of a file says of the stream: its totals and its calendar.
std::string totals_line(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends::mock
