// Adds a stream up, bottom up over the tree of its bodies (docs/metrics.md, "How times add up"). For runtime/ alone; does not
// know what the sums are called in a report.
#pragma once

#include <span>
#include <vector>

#include "runtime/body_graph.h"

namespace vsm::runtime {

/// Which point of every range is taken: its mean; times low with %C&A high; times high with %C&A low.
enum class At { mean, best, worst };

/// An amount that is at least so much; exactly so much when known.
struct Amount {
    double least = 0;
    bool known = true;
};

/// What passes on the way through an element, in microseconds.
struct Passage {
    Amount lead, process, wait;
    Amount adding;           ///< process time of class `va`
    bool classed = false;    ///< some step with process time has a class
    bool unclassed = false;  ///< some step with process time has none
};

Amount operator+(Amount a, Amount b);
Amount operator*(double share, Amount a);
Passage operator+(const Passage& a, const Passage& b);
Passage operator*(double share, const Passage& a);

/// What an element holds, whether on the way or beside it.
struct Contents {
    Amount work;         ///< process time of all steps, in microseconds
    double quality = 1;  ///< product of the %C&A that are known
    bool quality_given = false;
    bool quality_known = true;
};

struct Evaluation {
    Passage passage;
    Contents contents;
    std::vector<Passage> elements;  ///< of each element, by id
};

Evaluation evaluate(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs, At at);

/// The longest of several ways that are all taken.
struct Longest {
    Passage passage;
    /// The ways that may be the longest, by position: one, unless an unknown time leaves it open.
    std::vector<std::size_t> candidates;
};

/// Ties within 1e-9 go to the way with more process time, then to the first. `ways` is not empty.
Longest longest_of(std::span<const Passage> ways);

/// The ways through a graph of elements that may be the longest.
struct Ways {
    /// By position: the predecessors over which the longest way to it may come; none at the beginning.
    std::vector<std::vector<std::size_t>> before;
    std::vector<std::size_t> ends;  ///< positions at which the longest way may end
    Passage passage;
};

/// `elements` holds each element's own passage, by id.
Ways ways_through(const BodyGraph& graph, std::span<const Passage> elements);

}  // namespace vsm::runtime
