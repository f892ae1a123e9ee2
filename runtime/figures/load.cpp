#include "runtime/figures/load.h"

#include <algorithm>
#include <limits>
#include <map>

#include "runtime/figures/absent.h"
#include "runtime/figures/significance.h"
#include "runtime/rework/rework.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::Metric;
using ir::TeamId;
using Who = std::variant<ElementId, TeamId>;

constexpr double tie = 1e-9;

bool by_people(const ir::Step& step) {
    return step.kind != ir::StepKind::automated && step.kind != ir::StepKind::external;
}

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

/// Hands-on time per item of a stream, in microseconds; unknown if any part is.
struct Work {
    std::map<TeamId, Amount> of_teams;   ///< of the people whom a team shares among its steps
    std::map<ElementId, Amount> of_own;  ///< of a step's own people
    Amount people;                       ///< of all people, each team of a step in full
    double cost = 0;                     ///< in the map's currency
    bool any_cost = false;
    std::optional<Who> no_cost_of;  ///< the first one with work but no stated cost
    bool cost_open = false;         ///< the time of some costed work is unknown
};

double hours(double microseconds) { return microseconds / (3600.0 * microseconds_per_second); }

double items_a_week(const ir::Stream& stream) {
    return stream.demand->per_second() * static_cast<double>(stream.calendar.week.microseconds) /
           microseconds_per_second;
}

class WorkSum {
public:
    explicit WorkSum(const ir::Model& model) : model_(model) {}

    void add(ElementId id, Amount process, const Performers& performers) {
        if (process.known && process.least <= 0) return;
        add_cost(id, process, performers);
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

Work work_of(const LoadInput& input) {
    WorkSum sum(input.model);
    for (std::size_t i = 0; i < input.stream.elements.size(); ++i) {
        const ElementId id = input.stream.elements.id_at(i);
        const auto* step = ir::step_of(input.stream.elements[id]);
        if (step == nullptr || !(input.visits[i] > 0)) continue;
        const double runs = input.visits[i] / static_cast<double>(step->batch);
        const ir::ElementFacts& facts = input.facts.elements[id];
        sum.add(id, runs * Amount{facts.timings.process.spread.mean, facts.timings.process.known},
                performers_of(*step));
        for (std::size_t r = 0; r < step->reworks.size(); ++r) {
            const auto* repair = std::get_if<ir::Repair>(&step->reworks[r].to);
            if (repair == nullptr || step->reworks[r].rate.parts == 0) continue;
            const ir::ResolvedTime& time = facts.repairs[r].process;
            const double passes = runs * passes_of(step->reworks[r]);
            sum.add(id, passes * Amount{time.spread.mean, time.known}, performers_of(*step, repair));
        }
    }
    return sum.work;
}

class LoadCalculation {
public:
    LoadCalculation(const LoadInput& input, StreamMetrics& metrics)
        : input_(input), metrics_(metrics), load_(metrics.load), work_(work_of(input)) {}

    void run() {
        for (const auto& [id, work] : work_.of_own) load_.asked.push_back({id, {work.least, work.known}});
        for (const auto& [id, work] : work_.of_teams) load_.asked.push_back({id, {work.least, work.known}});
        add_cost();
        if (!input_.stream.demand) return omit_all(Lack::no_demand);
        load_.takt = microseconds_per_second / input_.stream.demand->per_second();
        if (metrics_.expected.endless) return omit_all(Lack::endless_rework);
        add_own_people();
        add_teams();
        add_own_people_of_recovery();
        add_teams_to_steps();
        add_throughput();
        add_wip();
        if (work_.people.known)
            load_.effort_fte = input_.stream.demand->per_second() * work_.people.least / microseconds_per_second;
        else
            leave_out(metrics_, Metric::effort_fte, Lack::open_time);
        if (load_.constraint) return;
        if (has_unknown_work() && limited_) return omit_as_unknown(Metric::load_constraint);
        leave_out(metrics_, Metric::load_constraint, Lack::no_people);
    }

private:
    void omit_all(Lack lack) {
        for (const Metric metric : {Metric::throughput, Metric::wip, Metric::effort_fte, Metric::load_constraint})
            leave_out(metrics_, metric, lack);
        if (!load_.takt) leave_out(metrics_, Metric::takt, lack);
    }

    void add_cost() {
        if (metrics_.expected.endless) return leave_out(metrics_, Metric::cost, Lack::endless_rework);
        if (!work_.any_cost) return leave_out(metrics_, Metric::cost, Lack::no_costs);
        if (work_.no_cost_of) return leave_out(metrics_, Metric::cost, Lack::no_cost_of, work_.no_cost_of);
        if (work_.cost_open) return leave_out(metrics_, Metric::cost, Lack::open_time);
        load_.cost = work_.cost;
    }

    bool has_unknown_work() const { return !load_.open.empty(); }

    /// Records that a metric is absent because some utilization is unknown; the reason is a time in this stream or the
    /// rate of failures.
    void omit_as_unknown(Metric metric) {
        const auto of_times = [&](const Who& who) {
            const auto* team = std::get_if<TeamId>(&who);
            return team == nullptr || !work_.of_teams.contains(*team) || !work_.of_teams.at(*team).known;
        };
        const auto found = std::find_if(load_.open.begin(), load_.open.end(), of_times);
        if (found != load_.open.end()) return leave_out(metrics_, metric, Lack::open_time);
        leave_out(metrics_, metric, Lack::open_recovery_work, load_.open.front());
    }

    void add_throughput() {
        if (has_unknown_work())
            omit_as_unknown(Metric::throughput);
        else if (!limited_)
            leave_out(metrics_, Metric::throughput, Lack::no_people);
        else
            load_.throughput = std::min(input_.stream.demand->per_second(), capacity_);
    }

    /// Over capacity, work in progress has no steady state.
    void add_wip() {
        if (load_.overloaded)
            leave_out(metrics_, Metric::wip, Lack::over_capacity, load_.overloaded);
        else if (!metrics_.expected.lead_time.known)
            leave_out(metrics_, Metric::wip, Lack::open_time);
        else if (has_unknown_work())
            omit_as_unknown(Metric::wip);
        else
            load_.wip =
                input_.stream.demand->per_second() * metrics_.expected.lead_time.microseconds / microseconds_per_second;
    }

    /// Working hours per week.
    double hours_a_week(double people) const {
        return people * hours(static_cast<double>(input_.stream.calendar.week.microseconds));
    }

    /// Limits the capacity by people with `work` per item; `taken` hours per week are spent elsewhere.
    void limit(const Who& who, Amount work, double people, double taken) {
        limited_ = true;
        if (!work.known) return load_.open.push_back(who);
        const double most = std::max(0.0, hours_a_week(people) - taken) / hours(work.least);  // items per week
        const double week = static_cast<double>(input_.stream.calendar.week.microseconds) / microseconds_per_second;
        capacity_ = std::min(capacity_, most / week);
    }

    void consider(double utilization, Who who) {
        if (utilization <= highest_ * (1 + tie)) return;
        highest_ = utilization;
        load_.constraint = who;
    }

    /// Keeps the most overloaded one among those with work in this stream, whose queues grow without end.
    void keep_over(double utilization, Who who) {
        if (utilization <= most_over_ * (1 + tie)) return;
        most_over_ = utilization;
        load_.overloaded = who;
    }

    void add_own_people() {
        for (const auto& [id, work] : work_.of_own) {
            const auto people = static_cast<double>(*ir::step_of(input_.stream.elements[id])->people);
            limit(id, work, people, 0);
            if (!work.known) continue;
            const double utilization = items_a_week(input_.stream) * hours(work.least) / hours_a_week(people);
            metrics_.elements[id].utilization = utilization;
            consider(utilization, id);
            keep_over(utilization, id);
        }
    }

    /// The teams of the stream's own steps, and those that only work in the recovery stream.
    void add_teams() {
        const std::map<TeamId, Amount> mending = recovery_work();
        std::map<TeamId, Amount> all = work_.of_teams;
        for (const auto& [id, taken] : mending) all.try_emplace(id);
        for (const auto& [id, work] : all) {
            const ir::Team& team = input_.model.teams[id];
            const double people =
                team.people ? static_cast<double>(*team.people) * (team.available ? team.available->value() : 1) : 0;
            if (people <= 0) continue;
            const auto also = mending.find(id);
            const Amount taken = also == mending.end() ? Amount{} : also->second;
            const bool own = work_.of_teams.contains(id);
            if (own) limit(id, taken.known ? work : Amount{0, false}, people, hours(taken.least));
            if (!work.known || !taken.known) continue;
            const double utilization =
                (items_a_week(input_.stream) * hours(work.least) + hours(taken.least)) / hours_a_week(people);
            load_.teams.push_back({id, utilization});
            consider(utilization, id);
            if (own) keep_over(utilization, id);
            if (also != mending.end() && utilization > 1 + tie) load_.recovery_overloaded = true;
        }
    }

    /// Microseconds per week that failures take from each team; unknown if the rate of failures is.
    std::map<TeamId, Amount> recovery_work() const {
        std::map<TeamId, Amount> taken;
        if (input_.recovery == nullptr) return taken;
        const bool endless = input_.recovery->expected.endless;
        for (const Asked& asked : input_.recovery->load.asked) {
            const auto* team = std::get_if<TeamId>(&asked.of);
            if (team == nullptr) continue;
            const bool known = asked.work.known && input_.break_fix_per_week && !endless;
            taken[*team] = {input_.break_fix_per_week.value_or(0) * asked.work.microseconds, known};
        }
        return taken;
    }

    void add_own_people_of_recovery() {
        if (input_.recovery == nullptr || !input_.break_fix_per_week) return;
        const ir::Stream& stream = input_.model.streams[input_.recovery->stream];
        const double week = hours(static_cast<double>(stream.calendar.week.microseconds));
        for (const Asked& asked : input_.recovery->load.asked) {
            const auto* id = std::get_if<ElementId>(&asked.of);
            if (id == nullptr || !asked.work.known) continue;
            const auto people = static_cast<double>(*ir::step_of(stream.elements[*id])->people);
            const double taken = *input_.break_fix_per_week * hours(asked.work.microseconds);
            if (taken > people * week * (1 + tie)) load_.recovery_overloaded = true;
        }
    }

    void add_teams_to_steps() {
        std::map<TeamId, double> of_team;
        for (const TeamLoad& one : load_.teams) of_team[one.team] = one.utilization;
        for (std::size_t i = 0; i < input_.stream.elements.size(); ++i) {
            const ElementId id = input_.stream.elements.id_at(i);
            const auto* step = ir::step_of(input_.stream.elements[id]);
            if (step == nullptr || step->people || !by_people(*step)) continue;
            for (const TeamId team : step->teams)
                if (const auto found = of_team.find(team); found != of_team.end()) {
                    auto& utilization = metrics_.elements[id].utilization;
                    utilization = std::max(utilization.value_or(0), found->second);
                }
        }
    }

    const LoadInput& input_;
    StreamMetrics& metrics_;
    Load& load_;
    Work work_;
    double capacity_ = std::numeric_limits<double>::infinity();  ///< items per second that the slowest can complete
    bool limited_ = false;                                       ///< someone with work has stated people
    double highest_ = 0, most_over_ = 1;
};

}  // namespace

std::optional<double> highest_utilization(const StreamMetrics& metrics) {
    if (!metrics.load.constraint) return std::nullopt;
    if (const auto* step = std::get_if<ElementId>(&*metrics.load.constraint))
        return metrics.elements[*step].utilization;
    const TeamId team = std::get<TeamId>(*metrics.load.constraint);
    const auto& teams = metrics.load.teams;
    const auto found = std::lower_bound(teams.begin(), teams.end(), team,
                                        [](const TeamLoad& one, TeamId id) { return one.team < id; });
    return found == teams.end() ? std::nullopt : std::optional(found->utilization);
}

bool is_busiest(const ir::Stream& stream, const StreamMetrics& metrics, ElementId id) {
    const auto* step = ir::step_of(stream.elements[id]);
    const auto highest = highest_utilization(metrics);
    const auto& utilization = metrics.elements[id].utilization;
    return step != nullptr && step->people && highest && utilization &&
           !is_change(Metric::element_utilization, *utilization, *highest);
}

std::vector<TeamId> busiest_teams(const StreamMetrics& metrics) {
    const auto highest = highest_utilization(metrics);
    std::vector<TeamId> teams;
    for (const TeamLoad& one : metrics.load.teams)
        if (highest && !is_change(Metric::element_utilization, one.utilization, *highest)) teams.push_back(one.team);
    return teams;
}

void add_load(const LoadInput& input, StreamMetrics& metrics) { LoadCalculation(input, metrics).run(); }

}  // namespace vsm::runtime
