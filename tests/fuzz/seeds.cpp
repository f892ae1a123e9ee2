#include "tests/fuzz/seeds.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/diagnostics/explanations.h"
#include "compiler/lint/lint.h"

namespace vsm::fuzz {
namespace {

namespace fs = std::filesystem;

bool is_for(const fs::path& path, InputKind kind) {
    const std::string name = path.filename();
    switch (kind) {
        case InputKind::map: return name.ends_with(".vsm");
        case InputKind::pair_of_maps: return name.ends_with(".vsm") || name.ends_with(".pair");
        case InputKind::configuration: return name.ends_with(".yaml") || name.find("baseline") != std::string::npos;
    }
    return false;
}

[[noreturn]] void fail(const std::string& why) {
    std::fprintf(stderr, "vsm_fuzz: %s\n", why.c_str());
    std::exit(2);
}

}  // namespace

std::string read_bytes(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    if (!file) fail("cannot read " + path.string());
    return bytes.str();
}

void write_bytes(const fs::path& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) fail("cannot write " + path.string());
}

std::vector<Seed> seeds_in(const std::vector<fs::path>& places, InputKind kind) {
    std::vector<Seed> seeds;
    for (const fs::path& place : places) {
        if (!fs::exists(place)) fail("there is no " + place.string());
        if (!fs::is_directory(place)) {
            seeds.push_back({place, read_bytes(place)});
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(place))
            if (entry.is_regular_file() && is_for(entry.path(), kind))
                seeds.push_back({entry.path(), read_bytes(entry.path())});
    }
    std::sort(seeds.begin(), seeds.end(), [](const Seed& a, const Seed& b) { return a.name < b.name; });
    return seeds;
}

std::vector<Seed> explained_seeds(InputKind kind) {
    std::vector<Seed> seeds;
    const auto add = [&](std::string_view text, bool configuration) {
        if (!text.empty() && configuration == (kind == InputKind::configuration))
            seeds.push_back({"an explanation", std::string(text)});
    };
    for (const Explanation& row : all_explanations()) {
        add(row.bad, row.target == configuration_file);
        add(row.good, row.target == configuration_file);
    }
    for (const lint::Rule* rule : lint::all_rules()) {
        add(rule->bad, false);
        add(rule->good, false);
    }
    return seeds;
}

}  // namespace vsm::fuzz
