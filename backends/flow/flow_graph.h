// A stream as a flow graph of boxes and arrows, for backends that draw it. Does not depend on the output format; all
// texts are plain.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends {

struct Picture {
    enum class Kind {
        manual,  ///< a step, like the next three
        automated,
        approval,
        external,
        wait,
        queue,
        stage,     ///< the head of a stage: its name and metrics; what flows into the stage enters here
        fork,      ///< the start of parallel branches
        meet,      ///< a join of several flows
        choice,    ///< a choice between branches
        terminal,  ///< the trigger or the customer
        totals,
    };
    /// How a node changed since another version of the map.
    enum class Mark { none, added, changed, removed };
    struct Node {
        Kind kind = Kind::manual;
        std::vector<std::string> lines;  ///< no empty lines
        bool constraint = false;         ///< a constraint of the stream (facts.h)
        ir::ElementId element{};         ///< the element entered here; invalid if there is none
        Mark mark = Mark::none;
    };
    enum class Way {
        on,
        back,    ///< rework
        beside,  ///< invisible: keeps the totals below the customer
        gone,    ///< no arrowhead: the former position of a removed element
    };
    struct Edge {
        std::size_t from = 0, to = 0;  ///< indices of nodes
        std::string label;             ///< may be empty
        Way way = Way::on;
    };
    /// Nodes and stage frames in drawing order.
    struct Place {
        enum class What { node, begin_stage, end_stage } what = What::node;
        std::size_t node = 0;
    };

    std::vector<Node> nodes;
    std::vector<Edge> edges;
    std::vector<Place> places;
};

/// Builds the graph: trigger, customer, a frame per stage, a node per step with its data, waits, queues and rework, and
/// the totals at the end.
Picture picture_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends
