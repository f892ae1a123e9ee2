// What stands in another place than before, between two versions of a stream. Knows order and holders, no properties.
#pragma once

#include <string>

#include "runtime/match.h"

namespace vsm::runtime {

/// Places in words, such as "after `review` in `verify`".
struct Move {
    ir::ElementId after;
    std::string from, to;
    bool follows_only = false;  ///< it stands where it stood, and follows other elements
};

/// What is held by something else, stands elsewhere among those that stayed, or follows other elements than before, where that is not only
/// because something was added, removed or moved between.
std::vector<Move> moves_between(const StreamSide& before, const StreamSide& after, const Match& match);

/// Where an element stands, in words.
std::string place_of(const ir::Stream& stream, ir::ElementId element);

/// What an element is called: its name, else its title, else its kind and count.
const std::string& label_of(const ir::Element& element);

}  // namespace vsm::runtime
