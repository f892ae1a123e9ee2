// What must hold of any input. Knows no target.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace vsm::fuzz {

/// The bytes that a target is tried on.
struct Input {
    std::string bytes;
    /// Try all properties, also those that cost more than all others together.
    bool all = true;
};

/// A few in a hundred inputs are tried on all properties; which they are depends on the bytes alone.
Input sampled(std::string bytes);

/// A number that depends on the bytes alone, to choose options by.
std::uint64_t hash_of(std::string_view bytes);

/// Ends the process by a signal, so that every fuzzer notices, and prints the property.
[[noreturn]] void broken(std::string_view property, std::string_view detail = {});

inline void hold(bool condition, std::string_view property, std::string_view detail = {}) {
    if (!condition) broken(property, detail);
}

/// Every output: UTF-8, and of a size that its input explains.
void hold_output(const std::string& text, std::string_view what);
/// Also nothing that a terminal or a log would act upon.
void hold_shown(const std::string& text, std::string_view what);
/// Also a JSON document.
void hold_json(const std::string& text, std::string_view what);
/// Also a stream of YAML documents.
void hold_yaml(const std::string& text, std::string_view what);
/// Making it once more gives the same bytes.
void hold_same(const std::string& first, const std::string& second, std::string_view what);

}  // namespace vsm::fuzz
