#include "runtime/load.h"

#include <algorithm>
#include <map>

#include "runtime/rework.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::TeamId;

/// Hands-on time for one item of a stream, in microseconds; unknown where something in it is.
struct Work {
    std::map<TeamId, Amount> of_teams;   ///< of the people that a team shares among its steps
    std::map<ElementId, Amount> of_own;  ///< of a step's own people
    Amount all;                          ///< everybody's
    std::optional<double> cost{0.0};     ///< money; nothing where a team does not state it
    bool any_cost = false;
};

double hours(double microseconds) { return microseconds / (3600.0 * microseconds_per_second); }

double items_a_week(const ir::Stream& stream) {
    return stream.demand->per_second() * static_cast<double>(stream.calendar.week.microseconds) /
           microseconds_per_second;
}

class Worker {
public:
    explicit Worker(const ir::Model& model) : model_(model) {}

    /// Machines and suppliers have no limit unless one is stated.
    void add_step(ElementId id, const ir::Step& step, Amount process, const std::vector<TeamId>& teams) {
        if (process.known && process.least <= 0) return;
        const bool unlimited = step.kind == ir::StepKind::automated || step.kind == ir::StepKind::external;
        work.all = work.all + process;
        add_cost(process, teams, unlimited);
        if (step.people) {
            Amount& own = work.of_own[id];
            own = own + process;
        } else if (!unlimited) {
            for (const TeamId team : teams) {
                Amount& shared = work.of_teams[team];
                shared = shared + process;
            }
        }
    }

    Work work;

private:
    void add_cost(Amount process, const std::vector<TeamId>& teams, bool unlimited) {
        bool stated = !teams.empty();
        double rate = 0;
        for (const TeamId team : teams) {
            const auto& cost = model_.teams[team].cost;
            stated = stated && cost.has_value();
            if (cost) rate += cost->per_second();
        }
        if (!stated && unlimited) return;
        if (!stated || !process.known) {
            work.cost.reset();
            return;
        }
        work.any_cost = true;
        if (work.cost) *work.cost += rate * process.least / microseconds_per_second;
    }

    const ir::Model& model_;
};

Work work_of(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
             const std::vector<double>& visits) {
    Worker worker(model);
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ElementId id = stream.elements.id_at(i);
        const auto* step = std::get_if<ir::Step>(&stream.elements[id].what);
        if (step == nullptr || !(visits[i] > 0)) continue;
        const double runs = visits[i] / static_cast<double>(step->batch);
        const ir::ResolvedTime& process = facts.elements[id].timings.process;
        worker.add_step(id, *step, runs * Amount{process.spread.mean, process.known}, step->teams);
        for (std::size_t r = 0; r < step->reworks.size(); ++r) {
            const auto* repair = std::get_if<ir::Repair>(&step->reworks[r].to);
            if (repair == nullptr || step->reworks[r].rate.parts == 0) continue;
            const ir::ResolvedTime& time = facts.elements[id].repairs[r].process;
            const double passes = runs * passes_of(step->reworks[r]);
            // Another team's repair takes that team's people, not the step's own.
            ir::Step by = *step;
            if (!repair->teams.empty()) by.people.reset();
            worker.add_step(id, by, passes * Amount{time.spread.mean, time.known},
                            repair->teams.empty() ? step->teams : repair->teams);
        }
    }
    return worker.work;
}

class Loader {
public:
    Loader(const LoadInput& input, StreamMetrics& metrics)
        : input_(input), metrics_(metrics), work_(work_of(input.model, input.stream, input.facts, input.visits)) {}

    void run() {
        Load& load = metrics_.load;
        if (work_.any_cost) load.cost = work_.cost;
        if (metrics_.expected.endless) load.cost.reset();
        if (!input_.stream.demand || metrics_.expected.endless) return;
        const double per_second = input_.stream.demand->per_second();
        load.takt = microseconds_per_second / per_second;
        if (work_.all.known) load.effort_fte = per_second * work_.all.least / microseconds_per_second;
        throughput_ = per_second;
        add_own_people();
        add_teams();
        add_teams_to_steps();
        load.throughput = throughput_;
        if (throughput_ && metrics_.expected.lead_time.known)
            load.wip = *throughput_ * metrics_.expected.lead_time.microseconds / microseconds_per_second;
    }

private:
    /// Working time of so many people in a week, in hours.
    double week_of(double people) const {
        return people * hours(static_cast<double>(input_.stream.calendar.week.microseconds));
    }

    /// `taken` hours of the week go to something else.
    void limit(Amount work, double people, double taken) {
        if (!work.known) {
            throughput_.reset();
        } else if (throughput_ && work.least > 0) {
            const double most = std::max(0.0, week_of(people) - taken) / hours(work.least);  // items a week
            const double week = static_cast<double>(input_.stream.calendar.week.microseconds) / microseconds_per_second;
            throughput_ = std::min(*throughput_, most / week);
        }
    }

    void consider(double utilization, std::variant<ElementId, TeamId> who) {
        if (utilization <= highest_ * (1 + 1e-9)) return;
        highest_ = utilization;
        metrics_.load.constraint = who;
    }

    void add_own_people() {
        for (const auto& [id, work] : work_.of_own) {
            const auto people = static_cast<double>(*std::get_if<ir::Step>(&input_.stream.elements[id].what)->people);
            limit(work, people, 0);
            if (!work.known) continue;
            const double utilization = items_a_week(input_.stream) * hours(work.least) / week_of(people);
            metrics_.elements[id].utilization = utilization;
            consider(utilization, id);
        }
    }

    void add_teams() {
        const std::map<TeamId, Amount> mending = recovery_work();
        for (const auto& [id, work] : work_.of_teams) {
            const ir::Team& team = input_.model.teams[id];
            const double people =
                team.people ? static_cast<double>(*team.people) * (team.available ? team.available->value() : 1) : 0;
            if (people <= 0) continue;
            const auto also = mending.find(id);
            const Amount taken = also == mending.end() ? Amount{} : also->second;
            limit(taken.known ? work : Amount{0, false}, people, hours(taken.least));
            if (!work.known || !taken.known) continue;
            const double utilization =
                (items_a_week(input_.stream) * hours(work.least) + hours(taken.least)) / week_of(people);
            metrics_.load.teams.push_back({id, utilization});
            consider(utilization, id);
        }
    }

    /// Microseconds a week that failures take of each team.
    std::map<TeamId, Amount> recovery_work() const {
        if (input_.recovery == nullptr || !input_.break_fix_per_week) return {};
        const ir::StreamId id = input_.recovery->stream;
        const ir::Stream& stream = input_.model.streams[id];
        std::map<TeamId, Amount> taken;
        for (std::size_t i = 0; i < stream.elements.size(); ++i) {
            const ElementId element = stream.elements.id_at(i);
            const auto* step = std::get_if<ir::Step>(&stream.elements[element].what);
            if (step == nullptr || step->people) continue;
            if (step->kind == ir::StepKind::automated || step->kind == ir::StepKind::external) continue;
            const ElementMetrics& metrics = input_.recovery->elements[element];
            const double runs =
                *input_.break_fix_per_week * metrics.visits.value_or(0) / static_cast<double>(step->batch);
            for (const TeamId team : step->teams) {
                Amount& sum = taken[team];
                sum = sum + runs * Amount{metrics.process_time.microseconds, metrics.process_time.known};
            }
        }
        return taken;
    }

    void add_teams_to_steps() {
        std::map<TeamId, double> of_team;
        for (const TeamLoad& one : metrics_.load.teams) of_team[one.team] = one.utilization;
        for (std::size_t i = 0; i < input_.stream.elements.size(); ++i) {
            const ElementId id = input_.stream.elements.id_at(i);
            const auto* step = std::get_if<ir::Step>(&input_.stream.elements[id].what);
            if (step == nullptr || step->people) continue;
            if (step->kind == ir::StepKind::automated || step->kind == ir::StepKind::external) continue;
            for (const TeamId team : step->teams)
                if (const auto found = of_team.find(team); found != of_team.end()) {
                    auto& utilization = metrics_.elements[id].utilization;
                    utilization = std::max(utilization.value_or(0), found->second);
                }
        }
    }

    const LoadInput& input_;
    StreamMetrics& metrics_;
    Work work_;
    std::optional<double> throughput_;
    double highest_ = 0;
};

}  // namespace

void add_load(const LoadInput& input, StreamMetrics& metrics) { Loader(input, metrics).run(); }

}  // namespace vsm::runtime
