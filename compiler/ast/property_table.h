// The table of all properties and where each is allowed, in canonical order. Has no semantics;
// compiler/lower/property_readers.cpp has a writer for each row.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace vsm::ast {

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

/// A name has two rows if its meaning differs between places.
struct PropertyRow {
    std::string_view name;
    unsigned places;
};

inline constexpr unsigned on_timed = on_step | on_rework;
inline constexpr unsigned on_element = on_stage | on_step | on_parallel | on_choose | on_wait | on_queue;

inline constexpr auto property_rows = std::to_array<PropertyRow>({
    {"outcome", on_stream},
    {"owner", on_stream},
    {"trigger", on_stream},
    {"customer", on_stream},
    {"supplier", on_stream},
    {"calendar", on_stream},
    {"demand", on_stream},
    {"reviewed", on_stream},
    {"recovers", on_stream},
    {"change_failure", on_stream},
    {"deploys", on_stream},
    {"timings", on_stream},
    {"team", on_timed},
    {"kind", on_step},
    {"process", on_timed},
    {"wait", on_timed},
    {"lead", on_timed},
    {"ca", on_step},
    {"class", on_step},
    {"people", on_step},
    {"batch", on_step},
    {"wip", on_step},
    {"tool", on_step},
    {"milestone", on_step},
    {"measured", on_step},
    {"estimated", on_step},
    {"after", on_element},
    {"share", on_branch},
    {"people", on_team},
    {"available", on_team},
    {"cost", on_team},
    {"owner", on_kaizen},
    {"due", on_kaizen},
    {"capability", on_kaizen},
    {"link", on_stream | on_stage | on_step | on_team | on_kaizen},
});

/// Whether a property of this name is allowed in one of these places. False for `x_…`, which is allowed anywhere.
bool has_property(unsigned places, std::string_view name);

/// The index of a property's row; the number of rows for `x_…` and for unknown names.
std::size_t property_rank(std::string_view name);

}  // namespace vsm::ast
