// A stream as boxes and arrows, for targets that draw it. Knows the map and its figures, not how a drawing is written: all texts are
// plain.
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
        manual,  ///< a step, as the next three
        automated,
        approval,
        external,
        wait,
        queue,
        stage,     ///< the head of a stage: its name and figures; what enters the stage enters here
        fork,      ///< the beginning of what runs side by side
        meet,      ///< where several ways come together
        choice,    ///< where one of several ways is taken
        terminal,  ///< the trigger or the customer
        totals,
    };
    /// What became of it since another version of the map.
    enum class Mark { none, added, changed, removed };
    struct Node {
        Kind kind = Kind::manual;
        std::vector<std::string> lines;  ///< none is empty
        bool constraint = false;         ///< takes most of the lead time
        ir::ElementId element{};         ///< that is entered here; invalid: none
        Mark mark = Mark::none;
    };
    enum class Way {
        on,
        back,    ///< rework
        beside,  ///< not an arrow: keeps the totals below the customer
        gone,    ///< not an arrow: where something stood
    };
    struct Edge {
        std::size_t from = 0, to = 0;  ///< nodes by position
        std::string label;             ///< may be empty
        Way way = Way::on;
    };
    /// The nodes in the order and the frames they are drawn in.
    struct Place {
        enum class What { node, begin_stage, end_stage } what = What::node;
        std::size_t node = 0;
    };

    std::vector<Node> nodes;
    std::vector<Edge> edges;
    std::vector<Place> places;
};

/// Trigger, customer, a frame a stage, a node a step with its data, what is between and back, and the totals at the end.
Picture picture_of(const BackendInput& input, const runtime::StreamMetrics& metrics);

}  // namespace vsm::backends
