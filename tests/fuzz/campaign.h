// Trying mutated inputs for a time, on one or more processors. The inputs follow from the seed alone; how far it comes
// depends on the time.
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
    std::uint64_t executions = 0;  ///< ends after as many, where that is more than none
    std::uint64_t seed = 1;
    std::size_t jobs = 1;
    std::size_t most_bytes = 2000;   ///< of an input
    std::filesystem::path findings;  ///< the folder that inputs are kept in which break something
};

struct CampaignResult {
    std::uint64_t executions = 0;
    std::uint64_t useful = 0;  ///< inputs that compile, or are a configuration
    double seconds = 0;
    std::size_t findings = 0;  ///< faults that are unlike each other
};

CampaignResult run_campaign(const CampaignSettings& settings, const std::vector<std::string>& seeds);

}  // namespace vsm::fuzz
