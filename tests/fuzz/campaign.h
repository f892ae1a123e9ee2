// Tries mutated inputs for a given time, on one or more processors. The inputs depend on the seed alone, their number
// on the time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"

namespace vsm::fuzz {

struct CampaignSettings {
    const Target& target;
    double seconds = 60;
    std::uint64_t executions = 0;  ///< if above 0, ends after this many instead
    std::uint64_t seed = 1;
    std::size_t jobs = 1;
    std::size_t most_bytes = 2000;   ///< per input
    std::filesystem::path findings;  ///< folder for inputs that break a property
};

struct CampaignResult {
    std::uint64_t executions = 0;
    std::uint64_t useful = 0;  ///< inputs that compile, or are a valid configuration
    double seconds = 0;
    std::size_t findings = 0;  ///< distinct faults
};

CampaignResult run_campaign(const CampaignSettings& settings, const std::vector<std::string>& seeds);

}  // namespace vsm::fuzz
