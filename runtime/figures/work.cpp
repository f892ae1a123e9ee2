#include "runtime/figures/work.h"

#include <algorithm>

#include "runtime/rework/rework.h"

namespace vsm::runtime {

using ir::ElementId;
using ir::TeamId;

bool by_people(const ir::Step& step) {
    return step.kind != ir::StepKind::automated && step.kind != ir::StepKind::external;
}

namespace {

/// Who does a step or a repair.
struct Performers {
    const std::vector<TeamId>& teams;
    bool people = true;       ///< neither a machine nor a supplier
    bool own_people = false;  ///< of the step, not of its teams
};

/// A repair by teams other than the step's is done by people: `kind` describes the step's own work only.
Performers performers_of(const ir::Step& step, const ir::Repair* repair = nullptr) {
    const bool same = repair == nullptr || std::all_of(repair->teams.begin(), repair->teams.end(), [&](TeamId team) {
                          return std::find(step.teams.begin(), step.teams.end(), team) != step.teams.end();
                      });
    const auto& teams = repair == nullptr || repair->teams.empty() ? step.teams : repair->teams;
    if (same) return {teams, by_people(step) || step.people, step.people.has_value()};
    return {teams, true, false};
}

class WorkSum {
public:
    explicit WorkSum(const ir::Model& model) : model_(model) {}

    /// People without work are idle, which is known; idle machines and the cost of no work do not matter.
    void add(ElementId id, Amount process, const Performers& performers) {
        if (!process.known || process.least > 0) add_cost(id, process, performers);
        if (!performers.people) return;
        const std::size_t teams = performers.own_people ? 1 : std::max<std::size_t>(performers.teams.size(), 1);
        work.people = work.people + static_cast<double>(teams) * process;
        if (performers.own_people) {
            Amount& own = work.of_own[id];
            own = own + process;
            return;
        }
        for (const TeamId team : performers.teams) {
            Amount& shared = work.of_teams[team];
            shared = shared + process;
        }
    }

    Work work;

private:
    /// A machine or supplier without a stated cost is free.
    void add_cost(ElementId id, Amount process, const Performers& performers) {
        std::optional<Who> lacking;
        if (performers.teams.empty()) lacking = id;
        double rate = 0;
        for (const TeamId team : performers.teams) {
            const auto& cost = model_.teams[team].cost;
            if (!cost && !lacking) lacking = team;
            if (cost) rate += cost->per_second();
        }
        if (lacking && !performers.people) return;
        if (lacking && !work.no_cost_of) work.no_cost_of = lacking;
        if (lacking) return;
        work.any_cost = true;
        work.cost_open = work.cost_open || !process.known;
        work.cost += rate * process.least / microseconds_per_second;
    }

    const ir::Model& model_;
};

/// An amount for a number of times; never is nothing, even of what is unknown.
Amount times(double count, const ir::ResolvedTime& time) {
    return count > 0 ? count * Amount{time.spread.mean, time.known} : Amount{};
}

}  // namespace

Work work_of(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
             const std::vector<double>& visits) {
    WorkSum sum(model);
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ElementId id = stream.elements.id_at(i);
        const auto* step = ir::step_of(stream.elements[id]);
        if (step == nullptr) continue;
        const double runs = visits[i] / static_cast<double>(step->batch);
        sum.add(id, times(runs, facts.elements[id].timings.process), performers_of(*step));
        for (std::size_t r = 0; r < step->reworks.size(); ++r) {
            const auto* repair = std::get_if<ir::Repair>(&step->reworks[r].to);
            if (repair == nullptr) continue;
            const double repairs = step->reworks[r].rate.parts == 0 ? 0 : runs * passes_of(step->reworks[r]);
            sum.add(id, times(repairs, facts.elements[id].repairs[r].process), performers_of(*step, repair));
        }
    }
    return sum.work;
}

}  // namespace vsm::runtime
