// What changed between two versions of one stream, element by element and property by property. For the diff of runtime/ alone; knows no
// figures.
#pragma once

#include "runtime/diff.h"
#include "runtime/moves.h"
#include "runtime/properties.h"

namespace vsm::runtime {

/// What is left of both when what they share is taken away, paired by name in their order.
std::vector<ValueChange> changes_between(const std::vector<Property>& before, const std::vector<Property>& after);

/// One stream in both versions. Borrows them.
class StreamComparer {
public:
    StreamComparer(const StreamSide& before, const StreamSide& after);

    /// Adds what changed in the stream itself and in its elements: those after in their order, then those removed.
    void run(StreamChange& change) const;

    const Match& match() const { return match_; }
    /// What an element is called in the version after, where it is in both.
    NameOf before_names() const;
    NameOf after_names() const;

private:
    void add(StreamChange& change, ir::ElementId id, const Move* move) const;

    StreamSide before_, after_;
    Match match_;
};

}  // namespace vsm::runtime
