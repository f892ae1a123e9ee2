// Visits the members of the model that hold properties, as ir/properties/properties.def lists them. Whoever reads or
// writes every property of a struct uses it, so that a new row reaches all of them or does not compile.
#pragma once

#include <type_traits>

#include "ir/model.h"
#include "ir/properties/property_table.h"

namespace vsm::ir {

/// A row of the table as a type, so that a visitor can choose by it when it is compiled.
template <properties::Id row_id>
struct PropertyRow {
    static constexpr properties::Id id = row_id;
    static constexpr const properties::Row& row = properties::row_of(row_id);
};

/// Calls `visit(PropertyRow<…>, member)` for each property kept in `object` itself, in the order of the table.
template <class Object, class Visitor>
void each_property(Object& object, Visitor&& visit) {
#define VSM_PROPERTY(name, places, kind, owner, member, ...)          \
    if constexpr (std::is_same_v<std::remove_const_t<Object>, owner>) \
        visit(PropertyRow<properties::Id::owner##_##member>{}, object.member);
#include "ir/properties/properties.def"
#undef VSM_PROPERTY
}

}  // namespace vsm::ir
