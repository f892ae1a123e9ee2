// Reads the value of each property and writes it to its target. compiler/ast/property_table.h lists the properties. Private
// to compiler/lower.
#pragma once

#include "compiler/ast/property_table.h"
#include "compiler/lower/scope.h"

namespace vsm::lower {

using ast::has_property;
using ast::Place;
using enum ast::Place;

/// `a step`, `a stream`, as messages name a place.
std::string_view article_name(Place place);

/// The target of a property; pointers that the place does not have are null.
struct PropertyTarget {
    Place place;
    Scope& scope;
    ValueReader& values;
    bool change = false;                ///< in a `change`: `none` unsets
    const ast::Block* block = nullptr;  ///< the block of the property
    ir::Stream* stream = nullptr;
    ast::Word* recovers = nullptr;
    Draft* draft = nullptr;
    ir::Timings* timings = nullptr;
    std::vector<ast::Word>* teams = nullptr;
    ir::Team* team = nullptr;
    ir::Kaizen* kaizen = nullptr;
    std::vector<ir::Extra>* extras = nullptr;
};

/// The properties given in a block, to report duplicates.
using GivenProperties = std::map<std::string, SourceRange>;

/// Writes one property to its target, or reports why that is impossible.
void set_property(PropertyTarget& target, const ast::Property& property, GivenProperties& given);

}  // namespace vsm::lower
