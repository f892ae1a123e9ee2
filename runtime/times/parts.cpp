// Series-parallel decomposition of a graph (Jacobo Valdes, Robert E. Tarjan and Eugene L. Lawler, "The Recognition of
// Series Parallel Digraphs", SIAM Journal on Computing 11 (2), 1982).
#include <algorithm>
#include <numeric>

#include "runtime/times/body_graph.h"

namespace vsm::runtime {
namespace {

using Positions = std::vector<std::size_t>;

class Decomposer {
public:
    explicit Decomposer(const BodyGraph& graph) : graph_(graph), place_(graph.order.size(), outside) {}

    /// `chosen` is in topological order.
    Part run(const Positions& chosen, std::size_t most_nested) {
        if (chosen.size() == 1) return {Part::Kind::element, graph_.order[chosen.front()], {}, {}};
        const std::vector<Positions> segments = most_nested > 0 ? cut(chosen) : std::vector<Positions>{chosen};
        if (segments.size() > 1) return made_of(Part::Kind::series, segments, most_nested);
        const std::vector<Positions> branches = most_nested > 0 ? connected(chosen) : segments;
        if (branches.size() > 1) return made_of(Part::Kind::parallel, branches, most_nested - 1);
        return {Part::Kind::graph, {}, {}, graph_of(chosen)};
    }

private:
    static constexpr std::size_t outside = static_cast<std::size_t>(-1);

    Part made_of(Part::Kind kind, const std::vector<Positions>& groups, std::size_t most_nested) {
        Part part{kind, {}, {}, {}};
        for (const Positions& group : groups) part.parts.push_back(run(group, most_nested));
        return part;
    }

    /// Calls `see(from, to)` for each edge between two chosen elements, by index into `chosen`.
    template <class See>
    void each_edge(const Positions& chosen, const See& see) {
        for (std::size_t i = 0; i < chosen.size(); ++i) place_[chosen[i]] = i;
        for (std::size_t i = 0; i < chosen.size(); ++i)
            for (const std::size_t b : graph_.before[chosen[i]])
                if (place_[b] != outside) see(place_[b], i);
        for (const std::size_t one : chosen) place_[one] = outside;
    }

    /// Splits where everything before precedes everything after: each last element before has an edge to each first
    /// element after.
    std::vector<Positions> cut(const Positions& chosen) {
        const std::size_t count = chosen.size();
        Positions first_after(count, count), last_before(count, outside);
        each_edge(chosen, [&](std::size_t from, std::size_t to) {
            first_after[from] = std::min(first_after[from], to);
            last_before[to] = last_before[to] == outside ? from : std::max(last_before[to], from);
        });
        // Counts per position, as differences from the previous position.
        std::vector<std::ptrdiff_t> lasts(count + 2), firsts(count + 2), edges(count + 2);
        const auto add = [](std::vector<std::ptrdiff_t>& counts, std::size_t begin, std::size_t end) {
            if (begin > end) return;
            ++counts[begin];
            --counts[end + 1];
        };
        for (std::size_t i = 0; i < count; ++i) {
            add(lasts, i + 1, first_after[i]);
            add(firsts, last_before[i] == outside ? 0 : last_before[i] + 1, i);
        }
        each_edge(chosen,
                  [&](std::size_t from, std::size_t to) { add(edges, last_before[to] + 1, first_after[from]); });
        std::vector<Positions> segments(1);
        std::ptrdiff_t last = lasts[0], first = firsts[0], met = edges[0];
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) last += lasts[i], first += firsts[i], met += edges[i];
            if (i > 0 && met == last * first) segments.emplace_back();
            segments.back().push_back(chosen[i]);
        }
        return segments;
    }

    /// Connected components.
    std::vector<Positions> connected(const Positions& chosen) {
        Positions root(chosen.size());
        std::iota(root.begin(), root.end(), std::size_t{0});
        const auto find = [&](std::size_t at) {
            while (root[at] != at) at = root[at] = root[root[at]];
            return at;
        };
        each_edge(chosen, [&](std::size_t from, std::size_t to) {
            const std::size_t a = find(from), b = find(to);
            root[std::max(a, b)] = std::min(a, b);
        });
        std::vector<Positions> groups;
        Positions number(chosen.size(), outside);
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            std::size_t& which = number[find(i)];
            if (which == outside) {
                which = groups.size();
                groups.emplace_back();
            }
            groups[which].push_back(chosen[i]);
        }
        return groups;
    }

    BodyGraph graph_of(const Positions& chosen) {
        BodyGraph graph;
        graph.before.resize(chosen.size());
        for (const std::size_t one : chosen) graph.order.push_back(graph_.order[one]);
        std::vector<char> followed(chosen.size());
        each_edge(chosen, [&](std::size_t from, std::size_t to) {
            graph.before[to].push_back(from);
            followed[from] = 1;
        });
        for (std::size_t i = 0; i < chosen.size(); ++i)
            if (!followed[i]) graph.ends.push_back(i);
        return graph;
    }

    const BodyGraph& graph_;
    Positions place_;  ///< by position, its index among the chosen; `outside` if not chosen
};

}  // namespace

Part parts_of(const BodyGraph& graph, std::size_t most_nested) {
    Positions all(graph.order.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return Decomposer(graph).run(all, most_nested);
}

}  // namespace vsm::runtime
