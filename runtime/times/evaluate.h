// Adds up a stream bottom up over its tree of bodies (docs/metrics.md, "How times add up"). Internal to runtime/; does
// not depend on how reports name the sums.
#pragma once

#include <span>
#include <vector>

#include "runtime/times/body_graph.h"

namespace vsm::runtime {

/// The point taken from every range: its mean; low times with high %C&A; high times with low %C&A.
enum class At { mean, best, worst };

/// An amount of at least 0: exact if known, else a lower bound.
struct Amount {
    double least = 0;
    bool known = true;
};

/// The times of one pass through an element, in microseconds.
struct Passage {
    Amount lead, process, wait;
    Amount adding;           ///< process time of class `va`
    bool classed = false;    ///< some step with process time has a class
    bool unclassed = false;  ///< some step with process time has none
};

/// In sequence; known if both are.
Amount operator+(Amount a, Amount b);
/// `share` times, or for that share of the items; `share` is at least 0.
Amount operator*(double share, Amount a);
Passage operator+(const Passage& a, const Passage& b);
Passage operator*(double share, const Passage& a);

/// The content of an element, on the longest path or beside it.
struct Contents {
    Amount work;                   ///< process time of all steps, in microseconds
    double quality = 1;            ///< product of the known %C&A
    bool quality_given = false;    ///< some step states a %C&A, or `?`
    bool quality_known = true;     ///< no step states `?`
    bool quality_missing = false;  ///< some step states no %C&A, nor that none applies
};

/// A stream at one point of its ranges.
struct Evaluation {
    Passage passage;
    Contents contents;
    std::vector<Passage> elements;  ///< by element id
};

/// Adds up one pass of an item as drawn, without rework, in microseconds: a body by its longest path (the critical
/// path: James E. Kelley and Morgan R. Walker, "Critical-Path Planning and Scheduling", 1959), a parallel by its
/// longest branch, a choose by Σ share · branch, a queue by items / (demand · share) (Little; Rother and Shook draw it
/// so). %C&A multiply (Martin and Osterling). Unknown times count with their lower bound. Linear in elements and
/// predecessors.
Evaluation evaluate(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs, At at);

/// The longest of several paths that all run.
struct Longest {
    Passage passage;
    /// Positions of the paths that may be the longest: one, unless an unknown time leaves it undecided.
    std::vector<std::size_t> candidates;
};

/// Compares lead times, in microseconds. Ties within 1e-9 (relative) go to the path with more process time, then to the
/// first. If unknown times leave it undecided, lead is the largest lower bound, and process and wait are certain for
/// all candidates. `ways` is not empty.
Longest longest_of(std::span<const Passage> ways);

/// The paths through a graph that may be the longest.
struct Ways {
    /// By position: predecessors through which the longest path may arrive; empty at the start.
    std::vector<std::vector<std::size_t>> before;
    std::vector<std::size_t> ends;  ///< positions at which the longest path may end
    Passage passage;
};

/// The longest path through a graph (critical path, Kelley and Walker 1959). `elements` has the passage of each
/// element, by id; `before` of the result has one entry per position. Linear in edges.
Ways ways_through(const BodyGraph& graph, std::span<const Passage> elements);

}  // namespace vsm::runtime
