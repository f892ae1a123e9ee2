// Inputs to begin with: files below folders, and the maps that vsm itself explains its findings with.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"

namespace vsm::fuzz {

struct Seed {
    std::string name;  ///< the path, or what it explains
    std::string bytes;
};

/// What a target takes, of files and of all files below folders: `.vsm` (maps), `.pair` and `.vsm` (pairs of maps),
/// `.yaml` and files with `baseline` in their names (configurations). In the order of their names. A file that is named
/// itself is always taken.
std::vector<Seed> seeds_in(const std::vector<std::filesystem::path>& places, InputKind kind);
/// The maps or configurations that `vsm explain` shows.
std::vector<Seed> explained_seeds(InputKind kind);

std::string read_bytes(const std::filesystem::path& path);
/// Ends the program with status 2 if it cannot.
void write_bytes(const std::filesystem::path& path, const std::string& bytes);

}  // namespace vsm::fuzz
