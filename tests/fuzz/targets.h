// The six targets: each takes bytes, tries a part of vsm on them, and ends the process by a signal if a property is
// broken.
#pragma once

#include <span>
#include <string_view>

#include "tests/fuzz/properties.h"

namespace vsm::fuzz {

/// What the bytes of a target are.
enum class InputKind { map, pair_of_maps, configuration };

struct Target {
    std::string_view name;
    InputKind kind;
    /// Gives whether the input was of use: it compiles, or is a configuration. The mutator keeps some of those.
    bool (*run)(const Input&);
};

std::span<const Target> all_targets();
/// Nothing when no target has that name.
const Target* find_target(std::string_view name);

bool try_front_end(const Input& input);
bool try_backends(const Input& input);
bool try_fmt(const Input& input);
bool try_configuration(const Input& input);
bool try_diff(const Input& input);
bool try_apply(const Input& input);

/// Stands between the two maps of a pair, on a line of its own.
inline constexpr std::string_view pair_separator = "#--8<--\n";

}  // namespace vsm::fuzz
