// Every diagnostic has a golden case that shows it.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/diagnostics/diagnostics.h"
#include "tests/support/project.h"

namespace {

namespace fs = std::filesystem;
using namespace vsm;

const fs::path root = tests::project_root();

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The codes in brackets, as in text and concise output: `[VSM0201 unknown-name]`.
void collect_codes(const std::string& text, std::set<std::string>& codes) {
    for (std::size_t at = text.find("[VSM"); at != std::string::npos; at = text.find("[VSM", at + 1))
        codes.insert(text.substr(at + 1, text.find(']', at) - at - 1));
}

std::set<std::string> shown_by_goldens() {
    std::set<std::string> codes;
    for (const auto& entry : fs::recursive_directory_iterator(root / "tests/golden"))
        if (entry.path().extension() == ".expected") collect_codes(read(entry.path()), codes);
    return codes;
}

}  // namespace

TEST_CASE("every diagnostic is shown by a golden case, or by the unit test named here") {
    // Golden files should not have 32 MiB, or a thousand findings.
    const std::map<std::string, std::string> elsewhere{{"file_too_large", "tests/unit/compiler/limits_test.cpp"},
                                                       {"too_many_alike", "tests/unit/compiler/limits_test.cpp"}};
    const std::set<std::string> shown = shown_by_goldens();
    for (const DiagnosticInfo& info : all_diagnostics()) {
        const std::string printed = fmt::format("{} {}", text_of(info.code), info.name);
        CAPTURE(printed);
        const auto found = elsewhere.find(std::string(info.identifier));
        if (found == elsewhere.end()) {
            CHECK(shown.contains(printed));
        } else {
            CHECK_FALSE(shown.contains(printed));
            CHECK(read(root / found->second).find("Code::" + found->first) != std::string::npos);
        }
    }
}

TEST_CASE("goldens show no diagnostic that is not in the table") {
    for (const std::string& printed : shown_by_goldens()) {
        CAPTURE(printed);
        const DiagnosticInfo* info = find_diagnostic(printed.substr(0, printed.find(' ')));
        REQUIRE(info != nullptr);
        CHECK(printed == fmt::format("{} {}", text_of(info->code), info->name));
    }
}
