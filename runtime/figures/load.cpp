#include "runtime/figures/load.h"

#include <algorithm>
#include <limits>
#include <map>

#include "runtime/figures/absent.h"
#include "runtime/figures/significance.h"
#include "runtime/figures/work.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::Metric;
using ir::TeamId;

constexpr double tie = 1e-9;

double hours(double microseconds) { return microseconds / (3600.0 * microseconds_per_second); }

double items_a_week(const ir::Stream& stream) {
    return stream.demand->per_second() * static_cast<double>(stream.calendar.week.microseconds) /
           microseconds_per_second;
}

class LoadCalculation {
public:
    LoadCalculation(const LoadInput& input, StreamMetrics& metrics)
        : input_(input), metrics_(metrics), load_(metrics.load),
          work_(work_of(input.model, input.stream, input.facts, input.visits)) {}

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
        add_effort();
        add_constraint();
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
        (work_.cost_open ? load_.cost_at_least : load_.cost) = work_.cost;
        if (work_.cost_open) leave_out(metrics_, Metric::cost, Lack::open_time);
    }

    void add_effort() {
        const double people = input_.stream.demand->per_second() * work_.people.least / microseconds_per_second;
        (work_.people.known ? load_.effort_fte : load_.effort_fte_at_least) = people;
        if (!work_.people.known) leave_out(metrics_, Metric::effort_fte, Lack::open_time);
    }

    /// Who limits the stream to an unknown rate; null if nobody does.
    const OpenLoad* open_limit() const {
        const auto found =
            std::find_if(load_.open.begin(), load_.open.end(), [](const OpenLoad& one) { return one.in_stream; });
        return found == load_.open.end() ? nullptr : &*found;
    }

    /// Records that a metric is absent because the work of `open` is unknown.
    void omit_as_unknown(Metric metric, const OpenLoad& open) { leave_out(metrics_, metric, open.lack, open.of); }

    /// The busiest, unless somebody whose load is unknown may be busier.
    void add_constraint() {
        if (!load_.open.empty()) return omit_as_unknown(Metric::load_constraint, load_.open.front());
        load_.constraint = load_.busiest;
        if (!load_.constraint) leave_out(metrics_, Metric::load_constraint, limited_ ? Lack::no_load : Lack::no_people);
    }

    void add_throughput() {
        if (const OpenLoad* open = open_limit())
            omit_as_unknown(Metric::throughput, *open);
        else if (!limited_)
            leave_out(metrics_, Metric::throughput, Lack::no_people);
        else
            load_.throughput = std::min(input_.stream.demand->per_second(), capacity_);
    }

    /// Over capacity, work in progress has no steady state. Whether somebody is, or how long an item takes, may be
    /// unknown; then it is at least that of the known time.
    void add_wip() {
        if (load_.overloaded) return leave_out(metrics_, Metric::wip, Lack::over_capacity, load_.overloaded);
        const TimeFigure& lead = metrics_.expected.lead_time;
        const OpenLoad* open = open_limit();
        const double items = input_.stream.demand->per_second() * lead.microseconds / microseconds_per_second;
        (lead.known && open == nullptr ? load_.wip : load_.wip_at_least) = items;
        if (!lead.known)
            leave_out(metrics_, Metric::wip, Lack::open_time);
        else if (open != nullptr)
            omit_as_unknown(Metric::wip, *open);
    }

    /// Working hours per week.
    double hours_a_week(double people) const {
        return people * hours(static_cast<double>(input_.stream.calendar.week.microseconds));
    }

    /// Limits the capacity by people with `work` per item; `taken` hours per week are spent elsewhere.
    void limit(Amount work, double people, double taken) {
        limited_ = true;
        if (!work.known || work.least <= 0) return;
        const double most = std::max(0.0, hours_a_week(people) - taken) / hours(work.least);  // items per week
        const double week = static_cast<double>(input_.stream.calendar.week.microseconds) / microseconds_per_second;
        capacity_ = std::min(capacity_, most / week);
    }

    void consider(double utilization, Who who) {
        if (utilization <= highest_ * (1 + tie)) return;
        highest_ = utilization;
        load_.busiest = who;
    }

    /// Keeps the most overloaded one among those with work in this stream, whose queues grow without end. A lower bound
    /// is enough to be overloaded.
    void keep_over(double utilization, Who who) {
        if (utilization <= most_over_ * (1 + tie)) return;
        most_over_ = utilization;
        load_.overloaded = who;
    }

    void add_own_people() {
        for (const auto& [id, work] : work_.of_own) {
            const auto people = static_cast<double>(*ir::step_of(input_.stream.elements[id])->people);
            limit(work, people, 0);
            const double utilization = items_a_week(input_.stream) * hours(work.least) / hours_a_week(people);
            keep_over(utilization, id);
            if (work.known) {
                metrics_.elements[id].utilization = utilization;
                consider(utilization, id);
            } else {
                metrics_.elements[id].utilization_at_least = utilization;
                load_.open.push_back({id, utilization, Lack::open_time, true});
            }
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
            add_team(id, work, also == mending.end() ? Amount{} : also->second, people);
        }
    }

    /// `work`: microseconds per item; `taken`: microseconds per week for failures.
    void add_team(TeamId id, Amount work, Amount taken, double people) {
        const bool in_stream = work_.of_teams.contains(id);
        if (in_stream) limit(taken.known ? work : Amount{0, false}, people, hours(taken.least));
        const double utilization =
            (items_a_week(input_.stream) * hours(work.least) + hours(taken.least)) / hours_a_week(people);
        if (!work.known || work.least > 0) keep_over(utilization, id);
        if (taken.least > 0 && utilization > 1 + tie) load_.recovery_overloaded = true;
        if (work.known && taken.known) {
            load_.teams.push_back({id, utilization});
            consider(utilization, id);
        } else {
            load_.open.push_back({id, utilization, work.known ? why_failures_are_open() : Lack::open_time, in_stream});
        }
    }

    Lack why_failures_are_open() const {
        return input_.break_fix_per_week ? Lack::open_recovery : Lack::open_recovery_work;
    }

    /// Microseconds per week that failures take from each team; a lower bound if their rate or time is unknown.
    std::map<TeamId, Amount> recovery_work() const {
        std::map<TeamId, Amount> taken;
        if (input_.recovery == nullptr) return taken;
        const bool endless = input_.recovery->expected.endless;
        const auto& failures = input_.break_fix_per_week;
        for (const Asked& asked : input_.recovery->load.asked) {
            const auto* team = std::get_if<TeamId>(&asked.of);
            if (team == nullptr) continue;
            const bool none = failures == 0.0 || (asked.work.known && asked.work.microseconds <= 0);
            const bool known = none || (failures && asked.work.known && !endless);
            taken[*team] = {none || endless ? 0 : failures.value_or(0) * asked.work.microseconds, known};
        }
        return taken;
    }

    void add_own_people_of_recovery() {
        if (input_.recovery == nullptr || !input_.break_fix_per_week) return;
        const ir::Stream& stream = input_.model.streams[input_.recovery->stream];
        const double week = hours(static_cast<double>(stream.calendar.week.microseconds));
        for (const Asked& asked : input_.recovery->load.asked) {
            const auto* id = std::get_if<ElementId>(&asked.of);
            if (id == nullptr || input_.recovery->expected.endless) continue;
            const auto people = static_cast<double>(*ir::step_of(stream.elements[*id])->people);
            const double taken = *input_.break_fix_per_week * hours(asked.work.microseconds);
            if (taken > people * week * (1 + tie)) load_.recovery_overloaded = true;
        }
    }

    /// A step of several teams shows the busiest; if the load of one is unknown, only a lower bound.
    void add_teams_to_steps() {
        std::map<TeamId, Amount> of_team;
        for (const TeamLoad& one : load_.teams) of_team[one.team] = {one.utilization, true};
        for (const OpenLoad& one : load_.open)
            if (const auto* team = std::get_if<TeamId>(&one.of)) of_team[*team] = {one.at_least, false};
        for (std::size_t i = 0; i < input_.stream.elements.size(); ++i) {
            const ElementId id = input_.stream.elements.id_at(i);
            const auto* step = ir::step_of(input_.stream.elements[id]);
            if (step == nullptr || step->people || !by_people(*step)) continue;
            std::optional<Amount> most;
            for (const TeamId team : step->teams)
                if (const auto found = of_team.find(team); found != of_team.end()) {
                    const Amount so_far = most.value_or(found->second);
                    most = {std::max(so_far.least, found->second.least), so_far.known && found->second.known};
                }
            if (!most) continue;
            (most->known ? metrics_.elements[id].utilization : metrics_.elements[id].utilization_at_least) =
                most->least;
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
    if (!metrics.load.busiest) return std::nullopt;
    if (const auto* step = std::get_if<ElementId>(&*metrics.load.busiest)) return metrics.elements[*step].utilization;
    const TeamId team = std::get<TeamId>(*metrics.load.busiest);
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
