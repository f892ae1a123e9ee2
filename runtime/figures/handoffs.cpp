#include "runtime/figures/handoffs.h"

#include <algorithm>
#include <map>

#include "runtime/times/adjacency.h"

namespace vsm::runtime {
namespace {

using ir::Body;
using ir::ElementId;
using ir::TeamId;
using Teams = std::vector<TeamId>;

/// Steps with the same teams.
struct Group {
    std::uint32_t team_set = 0;  ///< index of the set of teams
    TeamId only;                 ///< the team, if there is only one
    std::size_t steps = 0;
};

/// The steps at one edge of a block, grouped by teams.
class Frontier {
public:
    const std::vector<Group>& groups() const { return groups_; }
    bool empty() const { return groups_.empty(); }

    void add(Group group) { groups_.push_back(group); }

    void add(const Frontier& other) {
        groups_.insert(groups_.end(), other.groups_.begin(), other.groups_.end());
        if (groups_.size() > 2 * merged_ + 8) merge();
    }

private:
    /// Merges equal groups; called only when their number has doubled, so each is moved a few times at most.
    void merge() {
        std::sort(groups_.begin(), groups_.end(),
                  [](const Group& a, const Group& b) { return a.team_set < b.team_set; });
        std::size_t kept = 0;
        for (std::size_t i = 1; i < groups_.size(); ++i) {
            if (groups_[i].team_set == groups_[kept].team_set)
                groups_[kept].steps += groups_[i].steps;
            else
                groups_[++kept] = groups_[i];
        }
        groups_.resize(kept + 1);
        merged_ = groups_.size();
    }

    std::vector<Group> groups_;
    std::size_t merged_ = 0;
};

/// The first and last steps of a block, which neighbours hand to and receive from.
struct Edges {
    Frontier first, last;
    bool open = true;  ///< some path through it has no step
};

class Counter {
public:
    Counter(const ir::Stream& stream, const BodyGraphs& graphs) : stream_(stream), graphs_(graphs) {}

    std::size_t run() {
        of(stream_.body);
        return count_;
    }

private:
    Edges of(ElementId id) {
        return ir::visit([&](const auto& what) { return of(what); }, stream_.elements[id]);
    }

    Edges of(const ir::Wait&) { return {}; }
    Edges of(const ir::Queue&) { return {}; }
    Edges of(const ir::Stage& stage) { return of(stage.body); }
    Edges of(const ir::Branch& branch) { return of(branch.body); }
    Edges of(const ir::Parallel& parallel) { return side_by_side(parallel.branches); }
    Edges of(const ir::Choose& choose) { return side_by_side(choose.branches); }

    Edges of(const ir::Step& step) {
        Edges edges;
        edges.open = false;
        if (step.teams.empty()) return edges;
        const std::uint32_t teams = set_of(step.teams);
        edges.first.add({teams, sets_[teams]->size() == 1 ? sets_[teams]->front() : TeamId{}, 1});
        edges.last = edges.first;
        return edges;
    }

    Edges side_by_side(const std::vector<ElementId>& branches) {
        Edges edges;
        edges.open = false;
        for (const ElementId branch : branches) {
            const Edges one = of(branch);
            edges.first.add(one.first);
            edges.last.add(one.last);
            edges.open |= one.open;
        }
        return edges;
    }

    Edges of(const Body& body) {
        if (const BodyGraph* graph = graphs_.find(body)) return through_graph(*graph);
        Edges edges;
        for (const ElementId id : body.elements) {
            Edges one = of(id);
            count_pairs(edges.last, one.first);
            if (edges.open) edges.first.add(one.first);
            if (one.open)
                edges.last.add(one.last);
            else
                edges.last = std::move(one.last);
            edges.open &= one.open;
        }
        return edges;
    }

    Edges through_graph(const BodyGraph& graph) {
        const std::size_t count = graph.order.size();
        std::vector<Edges> each;
        std::vector<char> open(count), seen(count), looking(count + 1);
        for (std::size_t i = 0; i < count; ++i) {
            each.push_back(of(graph.order[i]));
            open[i] = each[i].open;
            seen[i] = !each[i].last.empty();
            looking[i] = !each[i].first.empty();
        }
        looking[count] = 1;
        Edges edges;
        visit_visible(graph, open, seen, looking, [&](std::size_t from, std::size_t to) {
            if (to == count)
                edges.last.add(each[from].last);
            else
                count_pairs(each[from].last, each[to].first);
        });
        const std::vector<char> at_beginning = sees_beginning(graph, open);
        for (std::size_t i = 0; i < count; ++i)
            if (at_beginning[i]) edges.first.add(each[i].first);
        edges.open = at_beginning[count];
        return edges;
    }

    std::uint32_t set_of(Teams teams) {
        std::sort(teams.begin(), teams.end());
        teams.erase(std::unique(teams.begin(), teams.end()), teams.end());
        const auto [found, added] = numbers_.try_emplace(std::move(teams), static_cast<std::uint32_t>(sets_.size()));
        if (added) {
            sets_.push_back(&found->first);
            const std::size_t teams_needed = found->first.back().index + std::size_t{1};
            if (groups_of_team_.size() < teams_needed) groups_of_team_.resize(teams_needed);
            if (steps_of_team_.size() < teams_needed) steps_of_team_.resize(teams_needed);
        }
        return found->second;
    }

    bool share_a_team(const Group& a, const Group& b) const {
        if (a.team_set == b.team_set) return true;
        if (a.only.valid() && b.only.valid()) return false;
        const Teams& first = *sets_[a.team_set];
        const Teams& second = *sets_[b.team_set];
        return std::find_first_of(first.begin(), first.end(), second.begin(), second.end()) != first.end();
    }

    void count_pairs(const Frontier& before, const Frontier& after) {
        const auto& some = before.groups();
        const auto& others = after.groups();
        if (some.size() == 1 && others.size() == 1) {
            if (!share_a_team(some[0], others[0])) count_ += some[0].steps * others[0].steps;
            return;
        }
        if (some.size() > others.size())
            count_many(some, others);
        else
            count_many(others, some);
    }

    /// Counts all pairs minus those that share a team, which it finds through the teams of `few`.
    void count_many(const std::vector<Group>& many, const std::vector<Group>& few) {
        std::size_t all = 0;
        for (std::size_t i = 0; i < few.size(); ++i) {
            all += few[i].steps;
            for (const TeamId team : *sets_[few[i].team_set]) {
                groups_of_team_[team.index].push_back(i);
                steps_of_team_[team.index] += few[i].steps;
            }
        }
        met_.assign(few.size(), 0);
        std::size_t round = 0;
        for (const Group& group : many) {
            const std::size_t sharing =
                group.only.valid() ? steps_of_team_[group.only.index] : steps_sharing(group, few, ++round);
            count_ += group.steps * (all - sharing);
        }
        for (const Group& group : few) {
            for (const TeamId team : *sets_[group.team_set]) {
                groups_of_team_[team.index].clear();
                steps_of_team_[team.index] = 0;
            }
        }
    }

    /// The steps of `few` that share at least one team with `group`.
    std::size_t steps_sharing(const Group& group, const std::vector<Group>& few, std::size_t round) {
        std::size_t sharing = 0;
        for (const TeamId team : *sets_[group.team_set]) {
            for (const std::size_t i : groups_of_team_[team.index]) {
                if (met_[i] == round) continue;
                met_[i] = round;
                sharing += few[i].steps;
            }
        }
        return sharing;
    }

    const ir::Stream& stream_;
    const BodyGraphs& graphs_;
    std::size_t count_ = 0;
    std::map<Teams, std::uint32_t> numbers_;
    std::vector<const Teams*> sets_;
    // Scratch space of count_many, empty between calls; the first two are by team.
    std::vector<std::vector<std::size_t>> groups_of_team_;
    std::vector<std::size_t> steps_of_team_;
    std::vector<std::size_t> met_;
};

}  // namespace

std::size_t count_handoffs(const ir::Stream& stream, const BodyGraphs& graphs) { return Counter(stream, graphs).run(); }

}  // namespace vsm::runtime
