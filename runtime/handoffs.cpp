#include "runtime/handoffs.h"

#include <algorithm>
#include <map>

#include "runtime/body_graph.h"

namespace vsm::runtime {
namespace {

using ir::Body;
using ir::ElementId;
using ir::TeamId;
using Teams = std::vector<TeamId>;

/// Steps done by the same teams.
struct Group {
    std::uint32_t teams = 0;  ///< which set of teams
    std::size_t steps = 0;
};

/// The steps at one edge of a block, in groups.
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
    /// Puts equal groups together; done only as they double, so that each is moved a few times at most.
    void merge() {
        std::sort(groups_.begin(), groups_.end(), [](const Group& a, const Group& b) { return a.teams < b.teams; });
        std::size_t kept = 0;
        for (std::size_t i = 1; i < groups_.size(); ++i) {
            if (groups_[i].teams == groups_[kept].teams)
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

/// What a block shows to its neighbours.
struct Edges {
    Frontier first, last;
    bool open = true;  ///< there is a way through it without a step
};

class Counter {
public:
    explicit Counter(const ir::Stream& stream) : stream_(stream) {}

    std::size_t run() {
        of(stream_.body);
        return count_;
    }

private:
    Edges of(ElementId id) {
        return std::visit([&](const auto& what) { return of(what); }, stream_.elements[id].what);
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
        edges.first.add({set_of(step.teams), 1});
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
        if (!is_sequence(stream_, body)) return through_graph(body);
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

    Edges through_graph(const Body& body) {
        const BodyGraph graph = graph_of(stream_, body);
        std::vector<Edges> each;
        for (const ElementId id : graph.order) each.push_back(of(id));
        std::vector<std::size_t> seen(graph.order.size());
        std::size_t round = 0;
        // Visits what can be reached backwards without passing a step, each once; true if the body's beginning can.
        const auto look_back = [&](std::vector<std::size_t> from, const auto& visit) {
            bool beginning = from.empty();
            ++round;
            while (!from.empty()) {
                const std::size_t at = from.back();
                from.pop_back();
                if (seen[at] == round) continue;
                seen[at] = round;
                visit(each[at].last);
                if (!each[at].open) continue;
                beginning |= graph.before[at].empty();
                from.insert(from.end(), graph.before[at].begin(), graph.before[at].end());
            }
            return beginning;
        };
        Edges edges;
        for (std::size_t i = 0; i < each.size(); ++i) {
            if (each[i].first.empty()) continue;
            if (look_back(graph.before[i], [&](const Frontier& last) { count_pairs(last, each[i].first); }))
                edges.first.add(each[i].first);
        }
        edges.open = look_back(graph.ends, [&](const Frontier& last) { edges.last.add(last); });
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
        }
        return found->second;
    }

    bool share_a_team(const Group& a, const Group& b) const {
        if (a.teams == b.teams) return true;
        const Teams& first = *sets_[a.teams];
        const Teams& second = *sets_[b.teams];
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

    /// All pairs less those that share a team, found through the teams of the fewer.
    void count_many(const std::vector<Group>& many, const std::vector<Group>& few) {
        std::size_t all = 0;
        for (std::size_t i = 0; i < few.size(); ++i) {
            all += few[i].steps;
            for (const TeamId team : *sets_[few[i].teams]) groups_of_team_[team.index].push_back(i);
        }
        met_.assign(few.size(), 0);
        for (std::size_t k = 0; k < many.size(); ++k) {
            std::size_t sharing = 0;
            for (const TeamId team : *sets_[many[k].teams]) {
                for (const std::size_t i : groups_of_team_[team.index]) {
                    if (met_[i] == k + 1) continue;
                    met_[i] = k + 1;
                    sharing += few[i].steps;
                }
            }
            count_ += many[k].steps * (all - sharing);
        }
        for (const Group& group : few)
            for (const TeamId team : *sets_[group.teams]) groups_of_team_[team.index].clear();
    }

    const ir::Stream& stream_;
    std::size_t count_ = 0;
    std::map<Teams, std::uint32_t> numbers_;
    std::vector<const Teams*> sets_;
    std::vector<std::vector<std::size_t>> groups_of_team_;  ///< scratch of count_many, empty between calls
    std::vector<std::size_t> met_;                          ///< scratch of count_many
};

}  // namespace

std::size_t count_handoffs(const ir::Stream& stream) { return Counter(stream).run(); }

}  // namespace vsm::runtime
