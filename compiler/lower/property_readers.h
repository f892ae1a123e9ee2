// Reads the value of a property by its kind and writes it to where its row of ir/properties/properties.def says.
// Private to compiler/lower.
#pragma once

#include "compiler/lower/scope.h"
#include "ir/properties/property_table.h"

namespace vsm::lower {

using properties::article_name;
using properties::has_property;
using properties::Place;
using enum properties::Place;

/// The target of a property; pointers that the place does not have are null.
struct PropertyContext {
    Place place;
    Scope& scope;
    ValueReader& values;
    bool change = false;                ///< in a `change`: `none` unsets
    const ast::Block* block = nullptr;  ///< the block of the property
    ir::Stream* stream = nullptr;
    ast::Word* recovers = nullptr;
    Draft* draft = nullptr;
    ir::Timings* timings = nullptr;
    ir::Repair* repair = nullptr;
    std::vector<ast::Word>* teams = nullptr;
    ir::Team* team = nullptr;
    ir::Kaizen* kaizen = nullptr;
    std::vector<ir::Extra>* extras = nullptr;
};

/// The properties given in a block, to report duplicates.
using GivenProperties = std::map<std::string, SourceRange>;

/// Writes one property to its target, or reports why that is impossible.
void set_property(PropertyContext& target, const ast::Property& property, GivenProperties& given);

}  // namespace vsm::lower
