// The hands-on time that one item asks of people, teams and money (docs/metrics.md, "Load"). Knows no demand. Internal
// to runtime/.
#pragma once

#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "ir/checked_model.h"
#include "runtime/times/evaluate.h"

namespace vsm::runtime {

/// A step with people of its own, or a team.
using Who = std::variant<ir::ElementId, ir::TeamId>;

/// Hands-on time per item of a stream, in microseconds; a lower bound if any part is unknown.
struct Work {
    std::map<ir::TeamId, Amount> of_teams;   ///< of the people whom a team shares among its steps; 0 if they have none
    std::map<ir::ElementId, Amount> of_own;  ///< of a step's own people; 0 if they have none
    Amount people;                           ///< of all people, each team of a step in full
    double cost = 0;                         ///< in the map's currency
    bool any_cost = false;
    std::optional<Who> no_cost_of;  ///< the first one with work but no stated cost
    bool cost_open = false;         ///< the time of some costed work is unknown
};

/// Neither a machine nor a supplier.
bool by_people(const ir::Step& step);

/// Adds up visits · process time / batch of all steps and their repairs. `visits` are by element id; what no item comes
/// to is no work, even if its time is unknown.
Work work_of(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
             const std::vector<double>& visits);

}  // namespace vsm::runtime
