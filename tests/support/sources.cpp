#include "tests/support/sources.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/project.h"

namespace vsm::tests {
namespace fs = std::filesystem;

std::vector<SourceText> sources_below(std::string_view folder) {
    const fs::path root = project_root();
    std::vector<SourceText> found;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
        const std::string ending = entry.path().extension().string();
        if (ending != ".h" && ending != ".cpp" && ending != ".def" && ending != ".g4") continue;
        std::ifstream file(entry.path(), std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        found.push_back({entry.path().lexically_relative(root).generic_string(), text.str()});
    }
    std::sort(found.begin(), found.end(), [](const SourceText& a, const SourceText& b) { return a.path < b.path; });
    return found;
}

std::vector<SourceText> product_sources() {
    std::vector<SourceText> all;
    for (const std::string_view folder : {"base", "ir", "compiler", "runtime", "backends", "config", "cli"})
        for (SourceText& source : sources_below(folder)) all.push_back(std::move(source));
    return all;
}

}  // namespace vsm::tests
