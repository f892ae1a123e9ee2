// The six fuzz targets: each runs a part of vsm on an input and raises a signal if a property is broken.
#pragma once

#include <span>
#include <string_view>

#include "tests/fuzz/properties.h"

namespace vsm::fuzz {

/// The format of an input.
enum class InputKind { map, pair_of_maps, configuration };

struct Target {
    std::string_view name;
    InputKind kind;
    /// Returns whether the input was useful, for instance compiles or is a valid configuration. The mutator keeps some
    /// of these.
    bool (*run)(const Input&);
};

std::span<const Target> all_targets();
/// Null if there is no target of that name.
const Target* find_target(std::string_view name);

bool try_front_end(const Input& input);
bool try_backends(const Input& input);
bool try_fmt(const Input& input);
bool try_configuration(const Input& input);
bool try_diff(const Input& input);
bool try_apply(const Input& input);

/// Separates the two maps of a pair, on its own line.
inline constexpr std::string_view pair_separator = "#--8<--\n";

}  // namespace vsm::fuzz
