// What each property of the language takes, and what it is written to. Private to compiler/lower; which there are says compiler/ast/properties.h.
#pragma once

#include "compiler/ast/properties.h"
#include "compiler/lower/scope.h"

namespace vsm::lower {

using ast::has_property;
using ast::Place;
using enum ast::Place;

/// `a step`, `the stream`, as messages name it.
std::string_view article_name(Place place);

/// What a property is written to; the pointers that the place does not have are null.
struct PropertyTarget {
    Place place;
    Scope& scope;
    ValueReader& values;
    bool change = false;  ///< of a `change`: `none` unsets
    const ast::Block* block = nullptr;  ///< where the property stands
    ir::Stream* stream = nullptr;
    ast::Word* recovers = nullptr;
    Draft* draft = nullptr;
    ir::Timings* timings = nullptr;
    std::vector<ast::Word>* teams = nullptr;
    ir::Team* team = nullptr;
    ir::Kaizen* kaizen = nullptr;
    std::vector<ir::Extra>* extras = nullptr;
};

/// Remembers which properties a block has given, to report a second one.
using GivenProperties = std::map<std::string, SourceRange>;

/// Writes one property to its target, or reports why it cannot be.
void set_property(PropertyTarget& target, const ast::Property& property, GivenProperties& given);

}  // namespace vsm::lower
