// Matches the elements of two versions of a stream, by names, titles, positions and properties. Does not depend on
// figures.
#pragma once

#include <string>

#include "ir/model.h"

namespace vsm::runtime {

/// Maps each element to its match in the other version. Invalid: removed (`after_of`) or added (`before_of`).
struct Match {
    IdVector<ir::ElementId, ir::ElementId> after_of, before_of;

    void pair(ir::ElementId before, ir::ElementId after) {
        after_of[before] = after;
        before_of[after] = before;
    }
};

/// A stream and its model.
struct StreamSide {
    const ir::Model& model;
    const ir::Stream& stream;
};

/// Matches elements of equal name first. Of the rest, matches unnamed elements by content and position, and renamed
/// ones by title, kind, position and properties if these are similar enough. Near linear; deterministic.
Match match_elements(const StreamSide& before, const StreamSide& after);

/// Similarity of two titles, 0 to 1: the share of their words that both have (Jaccard index).
double likeness_of(std::string_view a, std::string_view b);

/// Whether each value belongs to the longest increasing subsequence (C. Schensted, "Longest Increasing and
/// Decreasing Subsequences", 1961).
std::vector<bool> longest_increasing(const std::vector<std::size_t>& values);

}  // namespace vsm::runtime
