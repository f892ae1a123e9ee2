// How similar two streams are, and which pairs of streams are worth comparing. Internal to the diff of runtime/.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "runtime/diff/stream_pairs.h"

namespace vsm::runtime {

/// Similarity, 0 to 1, of element names and titles of streams of different names. Across files, a single common element
/// name does not count, and a third of the common elements must be the same.
double alike(const StreamSketch& a, const StreamSketch& b);

/// Similarity, 0 to 1, of streams of one name: of their titles, element names and contents alike.
double nearness(const StreamSketch& a, const StreamSketch& b);

/// The share of the elements of either stream that are the same in both.
double shared_contents(const StreamSketch& a, const StreamSketch& b);

/// The pairs that have a file, a title, an element name or an element in common. Of what very many have in common, only
/// those at about the same place in order, so that the pairs remain near linear in number.
class PairCandidates {
public:
    PairCandidates(std::span<const StreamSketch> before, const std::vector<std::size_t>& of_before,
                   std::span<const StreamSketch> after, const std::vector<std::size_t>& of_after);

    /// The candidates after of one stream before, in order.
    std::vector<std::size_t> of(std::size_t before) const;

private:
    /// The streams of both versions that have something in common, in order.
    struct Holders {
        std::vector<std::size_t> before, after;
    };

    std::span<const StreamSketch> before_;
    std::map<std::string, Holders> holders_;
};

}  // namespace vsm::runtime
