// Maps with one mistake in them: each token left out in turn, each word misspelt, or any of the mistakes that people make.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "compiler/compile.h"

namespace vsm::tests {

inline constexpr const char* sample_names[] = {"checkout.vsm", "checkout-full.vsm", "dora.vsm", "mock-pipeline.vsm", "teams.vsm"};

std::string read_sample(const std::string& name);

/// Imports are files of samples/.
class SampleReader final : public SourceReader {
public:
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) override;
};

/// Maps of the samples and goldens that compile, of at most so many bytes: the fewer words beside a mistake, the more mistakes can be tried.
std::vector<std::string> small_maps(std::size_t most_bytes = 2500);

struct Mutant {
    std::string text;
    std::uint32_t line;
    std::string what;
};

std::vector<Mutant> deletions(const std::string& text);
std::vector<Mutant> misspellings(const std::string& text);

/// A map with one mistake, of a kind and at a place that `random` picks: a token left out, doubled or swapped with its neighbour, a word
/// misspelt, a decimal comma, a comma between thousands, a blank before a unit, a unit spelt out, a range with a dash, other quotes, other brackets, `=` for a
/// colon, a colon behind a keyword, a comment of another language. Nothing where the place does not allow the kind.
std::optional<Mutant> random_mutant(const std::string& text, std::mt19937_64& random);

}  // namespace vsm::tests
