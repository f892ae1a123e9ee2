// Properties that hold for any input. Does not depend on the targets.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace vsm::fuzz {

/// An input of a target.
struct Input {
    std::string bytes;
    /// Whether to check all properties, including the expensive ones.
    bool all = true;
};

/// Selects about one in 16 inputs for all properties, by its bytes alone.
Input sampled(std::string bytes);

/// A number that depends on the bytes alone, for choosing options.
std::uint64_t hash_of(std::string_view bytes);

/// Prints the property and raises a signal, which every fuzzer notices.
[[noreturn]] void broken(std::string_view property, std::string_view detail = {});

inline void hold(bool condition, std::string_view property, std::string_view detail = {}) {
    if (!condition) broken(property, detail);
}

/// For every output: valid UTF-8 of at most 64 MiB.
void hold_output(const std::string& text, std::string_view what);
/// hold_output(), and no control characters.
void hold_shown(const std::string& text, std::string_view what);
/// hold_output(), and a JSON document.
void hold_json(const std::string& text, std::string_view what);
/// hold_output(), and a stream of YAML documents.
void hold_yaml(const std::string& text, std::string_view what);
/// For two runs on the same input: equal bytes.
void hold_same(const std::string& first, const std::string& second, std::string_view what);

}  // namespace vsm::fuzz
