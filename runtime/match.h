// Which element of a stream is which of the same stream at another time. Knows names, titles, places and properties; no figures.
#pragma once

#include <string>

#include "ir/model.h"

namespace vsm::runtime {

/// Both directions; invalid: it was removed, or is new.
struct Match {
    IdVector<ir::ElementId, ir::ElementId> after_of, before_of;

    void pair(ir::ElementId before, ir::ElementId after) {
        after_of[before] = after;
        before_of[after] = before;
    }
};

/// A stream with the model it is of.
struct StreamSide {
    const ir::Model& model;
    const ir::Stream& stream;
};

/// The same name is the same element. Of the rest, what has no name is matched by what it holds and where it stands; what has another
/// name than before by title, kind, place and properties, if they are alike enough. Near linear; the same for the same streams.
Match match_elements(const StreamSide& before, const StreamSide& after);

/// How alike two titles are: the part of their words that both have, 0 to 1 (Jaccard's index of two sets).
double likeness_of(std::string_view a, std::string_view b);

/// The longest increasing subsequence: of each position whether it belongs to it (C. Schensted, "Longest Increasing and Decreasing Subsequences", 1961).
std::vector<bool> longest_increasing(const std::vector<std::size_t>& values);

}  // namespace vsm::runtime
