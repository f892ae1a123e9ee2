// Adds a stream up, bottom up over the tree of its bodies (docs/metrics.md, "How times add up"). For runtime/ alone; does not
// know what the sums are called in a report.
#pragma once

#include <span>
#include <vector>

#include "runtime/body_graph.h"

namespace vsm::runtime {

/// Which point of every range is taken: its mean; times low with %C&A high; times high with %C&A low.
enum class At { mean, best, worst };

/// An amount of at least 0 that is at least so much; exactly so much when known.
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

/// One after the other; known when both are.
Amount operator+(Amount a, Amount b);
/// So many times, or for such a share of the items; at least 0.
Amount operator*(double share, Amount a);
Passage operator+(const Passage& a, const Passage& b);
Passage operator*(double share, const Passage& a);

/// What an element holds, whether on the way or beside it.
struct Contents {
    Amount work;         ///< process time of all steps, in microseconds
    double quality = 1;  ///< product of the %C&A that are known
    bool quality_given = false;   ///< some step states a figure, or says `?`
    bool quality_known = true;    ///< no step says `?`
    bool quality_missing = false; ///< some step states none, and does not say that it has none
};

/// A stream at one point of its ranges.
struct Evaluation {
    Passage passage;
    Contents contents;
    std::vector<Passage> elements;  ///< of each element, by id
};

/// Adds up one item's pass as drawn, without rework, times in microseconds: a body by its longest way (the critical path: James E. Kelley and
/// Morgan R. Walker, "Critical-Path Planning and Scheduling", 1959), a parallel by its longest branch, a choose by Σ share · branch, a queue by
/// items / (demand · share) (Little; Rother and Shook draw it so). %C&A multiply (Martin and Osterling). Unknown times count with what is known
/// of them. Linear in elements and predecessors.
Evaluation evaluate(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs, At at);

/// The longest of several ways that are all taken.
struct Longest {
    Passage passage;
    /// The ways that may be the longest, by position: one, unless an unknown time leaves it open.
    std::vector<std::size_t> candidates;
};

/// By lead time, in microseconds. Ties within 1e-9 go to the way with more process time, then to the first. Where unknown times leave open
/// which is the longest, lead is at least the largest known part, and process and wait are what is certain of all candidates. `ways` is not empty.
Longest longest_of(std::span<const Passage> ways);

/// The ways through a graph of elements that may be the longest.
struct Ways {
    /// By position: the predecessors over which the longest way to it may come; none at the beginning.
    std::vector<std::vector<std::size_t>> before;
    std::vector<std::size_t> ends;  ///< positions at which the longest way may end
    Passage passage;
};

/// The longest way through a graph whose elements take so long (critical path, Kelley and Walker 1959). `elements` holds each element's own
/// passage, by id; `before` of the result has one entry for each position. Linear in edges.
Ways ways_through(const BodyGraph& graph, std::span<const Passage> elements);

}  // namespace vsm::runtime
