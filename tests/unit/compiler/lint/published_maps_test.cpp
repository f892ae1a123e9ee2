// The findings on published maps and on the samples are exactly those justified in docs/published-maps.md.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/diagnostics/render/render.h"
#include "compiler/compile.h"
#include "compiler/lint/lint.h"
#include "tests/support/project.h"

namespace {

using namespace vsm;
namespace fs = std::filesystem;

const fs::path root = tests::project_root();

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

class Reader : public SourceReader {
public:
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string&, const std::string& written) override {
        return LoadedSource{written, read(root / "samples" / written)};
    }
};

/// Names of findings with their counts, in the order of the rules, or `none`.
std::string findings_of(const fs::path& path, bool process) {
    Reader reader;
    Workspace workspace(reader);
    Diagnostics diagnostics;
    const Compilation made = workspace.compile("map.vsm", read(path), diagnostics);
    REQUIRE(made.checked);
    lint::RuleSet rules;
    rules.process_rules = process;
    lint::lint(*made.checked, rules, diagnostics);
    std::map<Code, std::size_t> counts;
    for (const Diagnostic& one : sorted(diagnostics, workspace.sources())) ++counts[one.code];
    std::string text;
    for (const auto& [code, count] : counts)
        if (process == (info_of(code).rule_class == RuleClass::process))
            text += fmt::format("{}`{}`{}", text.empty() ? "" : ", ", info_of(code).name,
                                count > 1 ? fmt::format(" ×{}", count) : "");
    return text.empty() ? "none" : text;
}

std::vector<std::string> cells_of(const std::string& row) {
    std::vector<std::string> cells;
    for (std::size_t at = row.find("| "); at != std::string::npos;) {
        const std::size_t end = row.find(" |", at + 1);
        if (end == std::string::npos) break;
        cells.push_back(row.substr(at + 2, end - at - 2));
        at = row.find("| ", end + 1);
    }
    return cells;
}

/// By path from the root: the findings of the map rules, and of the process rules.
std::map<std::string, std::vector<std::string>> rows() {
    std::map<std::string, std::vector<std::string>> found;
    std::istringstream page(read(root / "docs/published-maps.md"));
    for (std::string line; std::getline(page, line);) {
        const std::size_t open = line.find("](../samples/");
        if (!line.starts_with("| [") || open == std::string::npos) continue;
        const std::size_t begin = open + std::string_view("](../").size();
        found[line.substr(begin, line.find(')', begin) - begin)] = cells_of(line);
    }
    return found;
}

}  // namespace

TEST_CASE("published maps and samples have the findings that are defended, and no others") {
    const auto defended = rows();
    std::size_t maps = 0;
    for (const char* const folder : {"samples", "samples/published"}) {
        for (const auto& entry : fs::directory_iterator(root / folder)) {
            if (entry.path().extension() != ".vsm") continue;
            const std::string path = std::string(folder) + "/" + entry.path().filename().string();
            CAPTURE(path);
            ++maps;
            const auto row = defended.find(path);
            REQUIRE(row != defended.end());
            REQUIRE(row->second.size() == 4);
            CHECK(row->second[1] == findings_of(entry.path(), false));
            CHECK(row->second[2] == findings_of(entry.path(), true));
            CHECK_FALSE(row->second[3].empty());
        }
    }
    CHECK(maps == defended.size());
    CHECK(maps > 6);
}
