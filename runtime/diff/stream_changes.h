// Compares two versions of one stream, element by element and property by property. Internal to the diff of runtime/;
// does not depend on figures.
#pragma once

#include "runtime/diff/diff.h"
#include "runtime/diff/moves.h"
#include "runtime/diff/written_properties.h"

namespace vsm::runtime {

/// The properties that differ, paired by name in order.
std::vector<ValueChange> changes_between(const std::vector<Property>& before, const std::vector<Property>& after);

/// Compares both versions of a stream. Borrows them.
class StreamComparer {
public:
    StreamComparer(const StreamSide& before, const StreamSide& after);

    /// Adds the changes of the stream itself and of its elements: elements after in order, then removed ones.
    void run(StreamChange& change) const;

    const Match& match() const { return match_; }
    /// Names elements of the version before by their label after, if they are in both.
    NameOf before_names() const;
    NameOf after_names() const;

private:
    void add(StreamChange& change, ir::ElementId id, const Move* move) const;

    StreamSide before_, after_;
    Match match_;
};

}  // namespace vsm::runtime
