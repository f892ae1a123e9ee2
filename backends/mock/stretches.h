// The parts of the bodies of a stream that lie between two of their elements, found many times for one stream: each
// body is sorted once. Does not depend on what the parts are for.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "ir/model.h"

namespace vsm::backends::mock {

/// The part of a body between two elements, both excluded; an invalid id means that end of the body.
struct Stretch {
    const ir::Body& body;
    ir::ElementId after, before;
};

class Stretches {
public:
    explicit Stretches(const ir::Stream& stream);

    /// The steps, waits, queues and empty groups in an element; 1 for such an element itself.
    std::size_t leaves_in(ir::ElementId id) const { return leaves_[id.index]; }

    /// The same for all elements of a part together. Constant time if the part is a sequence, otherwise linear in the
    /// predecessors of what the body has between the two elements.
    std::size_t leaves_in(const Stretch& part);

    /// The elements that are on a way from one to the other, in topological order. Takes as long as `leaves_in`, and
    /// the length of the result.
    std::vector<ir::ElementId> elements_of(const Stretch& part);

private:
    /// A body in topological order. The position in that order is the rank of an element.
    struct Order {
        std::vector<ir::ElementId> elements;
        std::vector<std::vector<std::size_t>> before;  ///< the ranks of the predecessors, by rank
        std::vector<std::size_t> leaves;  ///< in all elements of a lower rank, by rank; one more at the end
        std::vector<std::size_t> joints;  ///< elements of a lower rank that do not just follow the one before, by rank
    };
    /// The ranks from `first` to before `end` contain the part, which is all of them if it is a sequence.
    struct Ranks {
        std::size_t first, end;
        bool all;
    };

    std::size_t count_leaves(ir::ElementId id);
    const Order& order_of(const ir::Body& body);
    Ranks ranks_of(const Order& order, const Stretch& part) const;
    std::vector<std::size_t> on_the_way(const Order& order, const Stretch& part, const Ranks& ranks);

    const ir::Stream& stream_;
    std::vector<std::size_t> leaves_;          ///< by element
    std::vector<std::size_t> rank_;            ///< by element, in its body
    std::map<const ir::Body*, Order> orders_;  ///< of the bodies needed so far
    std::vector<char> reached_;                ///< scratch space, by rank
    std::vector<char> leads_there_;            ///< scratch space, by rank
};

/// The body of a stage or branch; none for other elements.
const ir::Body* body_in(const ir::Element& element);

}  // namespace vsm::backends::mock
