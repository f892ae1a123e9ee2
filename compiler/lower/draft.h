// A stream between syntax and model: values are typed, but elements are still a tree and refer to one another by name, so that the edits of
// a future can be applied to a copy; what no edit touches, the copy shares. Private to compiler/lower.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/shared.h"
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
};

struct DraftRemarks {
    std::vector<Placed<ir::Note>> notes;
    std::vector<Placed<ir::Kaizen>> kaizens;
    std::vector<ir::Allow> allows;
};

/// What a draft became in the first stream that was resolved with it, for others to share. It is no part of the draft: a copy, made to be
/// changed, begins without.
struct Resolved {
    std::optional<Shared<ir::Element>> element;

    Resolved() = default;
    Resolved(const Resolved&) {}
    Resolved& operator=(const Resolved&) {
        element.reset();
        return *this;
    }
};

struct Draft;
using Drafts = std::vector<Shared<Draft>>;

struct Draft {
    DraftKey key = 0;
    Shared<ir::Element> element;  ///< without ids: children, predecessors, reworks and teams stand below
    std::vector<ast::Word> teams;
    std::optional<std::vector<After>> after;
    SourceRange after_range;
    std::vector<DraftRework> reworks;
    DraftRemarks remarks;
    Drafts children;
    mutable Resolved resolved;
};

/// A name that an edit took away, and where.
struct Removed {
    SourceRange edit;
};

struct DraftStream {
    ir::Stream stream;  ///< without elements
    Drafts elements;
    DraftRemarks remarks;
    std::vector<ast::Goal> goals;
    std::map<std::string, Removed> removed;  ///< by name in lower case
};

}  // namespace vsm::lower
