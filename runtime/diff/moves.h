// Finds elements that changed their place between two versions of a stream, by order and holders. Does not depend on
// properties.
#pragma once

#include <string>

#include "runtime/diff/match.h"

namespace vsm::runtime {

/// A move, with places in words such as "after `review` in `verify`".
struct Move {
    ir::ElementId after;
    std::string from, to;
    bool follows_only = false;  ///< it kept its place but has other predecessors
};

/// Elements with another holder, another position among the elements that stayed, or other predecessors, unless only
/// insertions, removals or moves between them cause that.
std::vector<Move> moves_between(const StreamSide& before, const StreamSide& after, const Match& match);

/// The place of an element in words.
std::string place_of(const ir::Stream& stream, ir::ElementId element);

/// The name of an element, else its title, else its kind and number.
const std::string& label_of(const ir::Element& element);

}  // namespace vsm::runtime
