// Assigns run orders to the actions of one stage. Actions of one run order start together and all end before the next
// start ("waves"), so branches of several steps wait for each other. Does not name actions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "backends/codepipeline/stages.h"

namespace vsm::backends::codepipeline {

/// The steps of a plan by element.
struct PlanSteps {
    std::map<ir::ElementId, mock::MockStep> pauses;  ///< waits and queues, and the waits before steps
    std::map<ir::ElementId, mock::MockStep> work;
};

class Waves {
public:
    Waves(const BackendInput& input, const PlanSteps& steps, Diagnostics& diagnostics);

    /// Places a part of a body (`in_series`) after everything placed before.
    void place_part(const std::vector<ir::ElementId>& part);

    /// Places the content of a branch after everything placed before.
    void place_branch(ir::ElementId branch);

    /// The placed actions by run order, in placement order within one.
    std::vector<Action> take();

private:
    /// The end of an element, and the length of its longest path if elements wait only for their predecessors.
    struct Extent {
        std::size_t end = 1;  ///< the first run order after the element
        double longest = 0;   ///< in microseconds
    };

    /// Where a construct begins; run orders may lengthen it.
    struct Span {
        std::size_t first_action;
        std::size_t reported;
        std::size_t start;
    };

    Extent place(ir::ElementId id, std::size_t start);
    Extent place_step(ir::ElementId id, std::size_t start);
    Extent place_wait(ir::ElementId id, std::size_t start);
    Extent place_stage(ir::ElementId id, const ir::Stage& stage, std::size_t start);
    Extent place_branches(ir::ElementId id, const std::vector<ir::ElementId>& branches, std::size_t start);
    Extent place_body(ir::ElementId owner, const ir::Body& body, std::size_t start);
    Extent place_graph(const std::vector<ir::ElementId>& elements, std::size_t start);
    void add(const mock::MockStep& step, std::size_t run_order);
    bool hold_back(ir::ElementId id);
    ir::ElementId only_follower(ir::ElementId id) const;

    Span begin(std::size_t start) const { return {actions_.size(), reported_, start}; }
    void judge(const Span& span, const Extent& extent, ir::ElementId owner);
    void report_choose(ir::ElementId id);

    const BackendInput& input_;
    const ir::Stream& stream_;
    const PlanSteps& steps_;
    Diagnostics& diagnostics_;
    std::vector<Action> actions_;
    std::map<ir::ElementId, std::vector<mock::MockStep>> waits_of_;  ///< waits merged into the step after them
    std::string prefix_;
    std::size_t next_ = 1;
    std::size_t reported_ = 0;
};

}  // namespace vsm::backends::codepipeline
