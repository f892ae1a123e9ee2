// Seeds for the fuzzer: files, and the maps that vsm uses to explain its findings.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"

namespace vsm::fuzz {

struct Seed {
    std::string name;  ///< the path, or `an explanation`
    std::string bytes;
};

/// Reads all given files, and in folders the files of a kind: `.vsm` (maps), `.pair` and `.vsm` (pairs of maps),
/// `.yaml` and files with `baseline` in their name (configurations). Sorted by name.
std::vector<Seed> seeds_in(const std::vector<std::filesystem::path>& places, InputKind kind);
/// The maps or configurations shown by `vsm explain`.
std::vector<Seed> explained_seeds(InputKind kind);

std::string read_bytes(const std::filesystem::path& path);
/// Both exit with status 2 on failure.
void write_bytes(const std::filesystem::path& path, const std::string& bytes);

}  // namespace vsm::fuzz
