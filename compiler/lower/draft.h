// A stream between syntax and model: values are typed, but elements are still a tree and refer to each other by name,
// so that the edits of a future can be applied to a copy, which shares everything that no edit touches. Private to
// compiler/lower.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/shared.h"
#include "compiler/ast/nodes.h"
#include "ir/model.h"

namespace vsm::lower {

/// Identifies an element while edits move it.
using DraftKey = std::uint32_t;

/// One name in an `after:`, or a key if an edit replaced the element.
struct After {
    ast::Word name;
    std::optional<DraftKey> key;
    bool start = false;  ///< `after: start`
};

struct DraftRework {
    ir::Rework rework;             ///< its target is not resolved yet
    std::optional<ast::Word> to;   ///< nothing for a repair on the spot
    std::vector<ast::Word> teams;  ///< of a repair
};

/// A note or kaizen with the name of its element.
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

/// The element that a draft became in the first stream resolved with it, for other streams to share. A cache: a
/// draft is copied in order to change it, so the copy starts without one.
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
    Shared<ir::Element> element;  ///< without references: children, predecessors, reworks and teams are below
    std::vector<ast::Word> teams;
    std::optional<std::vector<After>> after;
    SourceRange after_range;
    std::vector<DraftRework> reworks;
    DraftRemarks remarks;
    Drafts children;
    mutable Resolved resolved;
};

/// The edit that removed an element.
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
