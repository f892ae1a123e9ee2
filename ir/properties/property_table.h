// The table of all properties: where each is allowed, the kind of its value, and what outputs call it. Does not depend
// on syntax or on the model; ir/each_property.h visits the members of the model that the rows name.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace vsm::properties {

/// The statements that have properties; bits of a set.
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
inline constexpr unsigned on_element = on_stage | on_step | on_parallel | on_choose | on_wait | on_queue;
inline constexpr unsigned anywhere = ~0u;
inline constexpr std::array all_places{on_stream, on_stage, on_step,   on_parallel, on_choose, on_branch,
                                       on_wait,   on_queue, on_rework, on_team,     on_kaizen, on_future};

/// `a step`, `a stream`, as messages name a place.
std::string_view article_name(Place place);

/// How a value is written.
enum class Kind {
    text,          ///< in quotes
    text_or_name,  ///< the same, or one word
    link,          ///< an address, in quotes
    count,         ///< a whole number from 1
    batch,         ///< the same; 1 if it is not written
    date,          ///< year, month and day
    due_date,      ///< the same, with its source range
    rate,          ///< a count per unit of time
    demand,        ///< the same; the stream is damaged if it cannot be read
    cost,          ///< money per hour
    share,         ///< a percentage
    branch_share,  ///< the same, also written after `branch`
    availability,  ///< the same, above zero
    time,          ///< a time, a range or distribution of times, or `?`
    quality,       ///< a percentage or a range of them, `?`, or `n/a`
    calendar,      ///< hours per day and days per week
    evidence,      ///< a date, perhaps with a text
    texts,         ///< a text or a list of them
    teams,         ///< the name of a team or a list of them
    after,         ///< the name of an element, a list of them, or `start`
    stream,        ///< the name of a stream
    capability,    ///< the name of a DORA capability
    step_kind,     ///< a word of ir::StepKind
    value_class,   ///< a word of ir::ValueClass
    milestone,     ///< a word of ir::Milestone
    untimed,       ///< the word `unknown`
};

/// Whether a value of this kind may be a name, without quotes or digits.
bool takes_names(Kind kind);
/// Whether a value of this kind may be `?`.
bool may_be_unknown(Kind kind);

/// Whether some property of this name may be a list; true for a name that no property has.
bool takes_list(std::string_view name);

/// The parts of a block in canonical order.
enum class Section { who, main, order, link };

/// One row of properties.def, which describes its columns.
struct Row {
    std::string_view name;
    unsigned places;
    Kind kind;
    std::string_view key;
    bool unset;
    Section section;
    int shown;
    std::string_view column;
    std::string_view box;
    std::string_view label;
};

/// The rows by the member of the model: `Step_wip`. In the order of the table.
enum class Id : std::size_t {
#define VSM_PROPERTY(name, places, kind, owner, member, ...) owner##_##member,
#include "ir/properties/properties.def"
#undef VSM_PROPERTY
};

/// A name has several rows if its meaning or its struct differs between places.
inline constexpr auto rows = std::to_array<Row>({
#define VSM_PROPERTY(name, places, kind, owner, member, key, unset, section, shown, column, box, label) \
    {#name, places, Kind::kind, key, unset, Section::section, shown, column, box, label},
#include "ir/properties/properties.def"
#undef VSM_PROPERTY
});

constexpr const Row& row_of(Id id) { return rows[static_cast<std::size_t>(id)]; }

/// The row of a name in one of these places; null if there is none, as for `x_…`, which is allowed anywhere.
const Row* find_row(unsigned places, std::string_view name);
bool has_property(unsigned places, std::string_view name);

/// The property of any block that a misspelt name is nearest to; empty if the name is a property, or near none.
std::string_view misspelt_property(std::string_view name);

/// The properties of these places in canonical order.
std::vector<std::string_view> names_in_order(unsigned places);

/// The position of a property in canonical order; `x_…` and unknown names come last.
std::size_t canonical_rank(std::string_view name);

}  // namespace vsm::properties
