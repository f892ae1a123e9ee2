// The properties of the language: one table that says what each is called, where it may stand and what it takes. Private to compiler/lower.
#pragma once

#include "compiler/lower/scope.h"

namespace vsm::lower {

/// The statements that hold properties; bits of a set.
enum Place : unsigned {
    on_stream = 1u << 0,
    on_stage = 1u << 1,
    on_step = 1u << 2,
    on_parallel = 1u << 3,
    on_choose = 1u << 4,
    on_branch = 1u << 5,
    on_wait = 1u << 6,
    on_queue = 1u << 7,
    on_rework = 1u << 8,
    on_team = 1u << 9,
    on_kaizen = 1u << 10,
    on_future = 1u << 11,
};

/// `a step`, `the stream`, as messages name it.
std::string_view article_name(Place place);

/// What a property is written to; the pointers that the place does not have are null.
struct PropertyTarget {
    Place place;
    Scope& scope;
    ValueReader& values;
    bool change = false;  ///< of a `change`: `none` unsets
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

/// Whether a place knows a property of this name (used where a colon was left out).
bool has_property(Place place, std::string_view name);

}  // namespace vsm::lower
