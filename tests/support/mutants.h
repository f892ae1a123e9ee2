// Maps with one mistake: each token removed in turn, each word misspelt, or a random mistake of a kind that people
// make.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "compiler/compile.h"

namespace vsm::tests {

inline constexpr const char* sample_names[] = {"checkout.vsm", "checkout-full.vsm", "dora.vsm", "mock-pipeline.vsm",
                                               "teams.vsm"};

std::string read_sample(const std::string& name);

/// Resolves imports to files in samples/.
class SampleReader final : public SourceReader {
public:
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) override;
};

/// The maps among the samples and goldens that compile and have at most `most_bytes`. Small maps allow more mistakes to
/// be tried.
std::vector<std::string> small_maps(std::size_t most_bytes = 2500);

struct Mutant {
    std::string text;
    std::uint32_t line;
    std::string what;
};

std::vector<Mutant> deletions(const std::string& text);
std::vector<Mutant> misspellings(const std::string& text);

/// A map with one mistake, whose kind and place `random` chooses: a token removed, doubled or swapped with its
/// neighbour, a word misspelt, a decimal comma, a thousands separator, a blank before a unit, a unit spelt out, a range
/// with a dash, other quotes or brackets, `=` for a colon, a colon after a keyword, another separator, a comment of
/// another language. Empty if the kind does not apply to the place.
std::optional<Mutant> random_mutant(const std::string& text, std::mt19937_64& random);

}  // namespace vsm::tests
