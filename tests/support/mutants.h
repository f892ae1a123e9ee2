// The samples with one mistake in them: each token left out in turn, each word misspelt.
#pragma once

#include <cstdint>
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

struct Mutant {
    std::string text;
    std::uint32_t line;
    std::string what;
};

std::vector<Mutant> deletions(const std::string& text);
std::vector<Mutant> misspellings(const std::string& text);

}  // namespace vsm::tests
