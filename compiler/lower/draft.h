// A stream between syntax and model: values are typed, but elements are still a tree and refer to one another by name, so that the edits of
// a future can be applied to a copy. Private to compiler/lower.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/nodes.h"
#include "ir/model.h"

namespace vsm::lower {

/// Stays with an element while edits move it about.
using DraftKey = std::uint32_t;

/// One name after `after:`; by key once an edit put another element in its place.
struct After {
    ast::Word name;
    std::optional<DraftKey> key;
    bool start = false;
};

struct DraftRework {
    ir::Rework rework;              ///< its target is not resolved yet
    std::optional<ast::Word> to;    ///< nothing: on the spot
    std::vector<ast::Word> teams;   ///< of a repair
};

/// A note or kaizen that names the element it belongs to.
template <class Remark>
struct Placed {
    Remark remark;
    ast::Word on;
    bool copied = false;  ///< into a future, which leaves it out when it takes that element away
};

struct DraftRemarks {
    std::vector<Placed<ir::Note>> notes;
    std::vector<Placed<ir::Kaizen>> kaizens;
    std::vector<ir::Allow> allows;
};

struct Draft {
    DraftKey key = 0;
    ir::Element element;  ///< without ids: children, predecessors, reworks and teams stand below
    std::vector<ast::Word> teams;
    std::optional<std::vector<After>> after;
    SourceRange after_range;
    std::vector<DraftRework> reworks;
    DraftRemarks remarks;
    std::vector<Draft> children;
};

/// A name that an edit took away, and where.
struct Removed {
    SourceRange edit;
};

struct DraftStream {
    ir::Stream stream;  ///< without elements
    std::vector<Draft> elements;
    DraftRemarks remarks;
    std::vector<ast::Goal> goals;
    std::map<std::string, Removed> removed;  ///< by name in lower case
};

}  // namespace vsm::lower
