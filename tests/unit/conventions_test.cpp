// Checks the include rules (docs/architecture.md) on every #include of the tree, and the conventions that a program can
// check.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "tests/support/project.h"
#include "tests/support/sources.h"

namespace {

namespace fs = std::filesystem;
using vsm::DiagnosticInfo;
using vsm::RuleClass;
using vsm::tests::product_sources;
using vsm::tests::sources_below;
using vsm::tests::SourceText;

const fs::path root = vsm::tests::project_root();
struct Include {
    std::string header;
    bool quoted;
};

std::vector<Include> includes_of(const std::string& text) {
    std::vector<Include> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t word = line.find_first_not_of(" \t");
        if (word == std::string::npos || line.compare(word, 8, "#include") != 0) continue;
        const std::size_t open = line.find_first_of("<\"", word), close = line.find_last_of(">\"");
        if (open == std::string::npos || close <= open) continue;
        found.push_back({line.substr(open + 1, close - open - 1), line[open] == '"'});
    }
    return found;
}

/// The room that a file belongs to: its folder. The rules of lint are one room, and so is the command line.
std::string room_of(std::string_view path) {
    const std::string folder(path.substr(0, std::min(path.rfind('/'), path.size())));
    // generated from tables
    if (path.starts_with("diag/")) return "base/diagnostics";
    if (path.starts_with("thresholds/")) return "compiler/lint";
    for (const std::string_view whole : {"compiler/lint", "cli"})
        if (folder.starts_with(std::string(whole) + "/")) return std::string(whole);
    return folder;
}

/// The rooms that each room may include besides itself. Rooms not listed are backends.
const std::map<std::string, std::set<std::string>>& may_include() {
    static const std::map<std::string, std::set<std::string>> table{
        {"base", {}},
        {"base/writers", {"base"}},
        {"base/diagnostics", {"base"}},
        {"base/diagnostics/render", {"base", "base/diagnostics", "base/writers"}},
        {"ir/properties", {"base"}},
        {"ir", {"base", "base/diagnostics", "base/writers", "ir/properties"}},
        {"runtime", {"base", "ir"}},
        {"runtime/times", {"base", "ir", "runtime"}},
        {"runtime/rework", {"base", "ir", "runtime", "runtime/times"}},
        {"runtime/figures", {"base", "ir", "runtime", "runtime/times", "runtime/rework"}},
        {"runtime/words", {"base", "ir", "runtime", "runtime/figures"}},
        {"runtime/diff",
         {"base", "base/diagnostics", "ir", "ir/properties", "runtime", "runtime/figures", "runtime/words"}},
        {"runtime/reports", {"base"}},
        {"runtime/reports/metrics",
         {"base", "base/writers", "ir", "runtime", "runtime/figures", "runtime/rework", "runtime/words",
          "runtime/reports"}},
        {"runtime/reports/diff",
         {"base", "base/writers", "ir", "runtime", "runtime/figures", "runtime/rework", "runtime/words", "runtime/diff",
          "runtime/reports", "runtime/reports/metrics"}},
        {"runtime/reports/history",
         {"base", "base/writers", "ir", "runtime", "runtime/figures", "runtime/words", "runtime/reports",
          "runtime/reports/metrics", "runtime/reports/diff"}},
        {"compiler/ast", {"base"}},
        {"compiler/parse", {"base", "base/diagnostics", "compiler/ast", "compiler/parse/tokens"}},
        {"compiler/parse/tokens", {"base", "base/diagnostics", "ir/properties"}},
        {"compiler/parse/repair",
         {"base", "base/diagnostics", "ir/properties", "compiler/ast", "compiler/parse", "compiler/parse/tokens"}},
        {"compiler/parse/antlr",
         {"base", "base/diagnostics", "ir/properties", "compiler/ast", "compiler/parse", "compiler/parse/tokens",
          "compiler/parse/repair"}},
        {"compiler/lower",
         {"base", "base/diagnostics", "ir", "ir/properties", "compiler/ast", "compiler/lower/meanings",
          "compiler/lower/values"}},
        {"compiler/lower/meanings", {"base", "ir/properties"}},
        {"compiler/lower/values", {"base", "base/diagnostics", "ir", "compiler/ast", "compiler/lower/meanings"}},
        {"compiler/format", {"base", "base/diagnostics", "ir", "ir/properties", "compiler/ast", "compiler/parse"}},
        {"compiler/check", {"base", "base/diagnostics", "ir"}},
        {"compiler/lint",
         {"base", "base/diagnostics", "ir", "runtime", "runtime/figures", "runtime/rework", "runtime/words"}},
        {"compiler",
         {"base", "base/diagnostics", "ir", "compiler/ast", "compiler/parse", "compiler/lower", "compiler/check"}},
        {"backends", {"base", "base/diagnostics", "ir", "runtime", "backends/options"}},
        {"backends/options", {"base"}},
        {"backends/mock",
         {"base", "base/diagnostics", "base/writers", "ir", "runtime", "backends", "backends/options",
          "backends/support"}},
        {"config", {"base", "base/diagnostics", "base/writers", "compiler/lint", "backends"}},
    };
    return table;
}

/// What every output may include besides its own folder.
const std::set<std::string>& of_backends() {
    static const std::set<std::string> rooms{"base",
                                             "base/diagnostics",
                                             "base/writers",
                                             "ir",
                                             "ir/properties",
                                             "runtime",
                                             "runtime/words",
                                             "runtime/figures",
                                             "runtime/rework",
                                             "runtime/diff",
                                             "runtime/reports/metrics",
                                             "backends",
                                             "backends/options",
                                             "backends/support",
                                             "backends/flow",
                                             "backends/mock"};
    return rooms;
}

/// Standard headers that access neither files, clock, environment nor threads.
bool is_pure(std::string_view header) {
    static const std::set<std::string_view> pure{
        "algorithm",     "array",         "bit",         "bitset",     "charconv",
        "cmath",         "compare",       "concepts",    "cstddef",    "cstdint",
        "cstring",       "deque",         "exception",   "functional", "initializer_list",
        "iterator",      "limits",        "map",         "memory",     "numbers",
        "numeric",       "optional",      "queue",       "set",        "span",
        "stack",         "string",        "string_view", "tuple",      "type_traits",
        "unordered_map", "unordered_set", "utility",     "variant",    "vector"};
    return pure.contains(header);
}

bool is_antlr(std::string_view header) {
    static const std::set<std::string_view> plain{"CharStream.h",
                                                  "CommonToken.h",
                                                  "CommonTokenStream.h",
                                                  "BailErrorStrategy.h",
                                                  "DefaultErrorStrategy.h",
                                                  "Exceptions.h",
                                                  "InputMismatchException.h",
                                                  "NoViableAltException.h",
                                                  "ParserInterpreter.h",
                                                  "Token.h",
                                                  "TokenStream.h",
                                                  "VsmLexer.h",
                                                  "VsmParser.h",
                                                  "antlr4-runtime.h"};
    return plain.contains(header) || header.starts_with("atn/") || header.starts_with("tree/") ||
           header.starts_with("misc/");
}

constexpr std::string_view private_header_with_antlr = "compiler/parse/antlr/build_values.h";

std::string library_refusal(std::string_view file, std::string_view header) {
    const std::string room = room_of(file);
    if (header == "fmt/format.h" || is_pure(header)) return {};
    if (is_antlr(header))
        return room == "compiler/parse/antlr" && (file.ends_with(".cpp") || file == private_header_with_antlr)
                   ? ""
                   : "only compiler/parse/antlr/*.cpp include ANTLR";
    if (header == "utf8proc.h")
        return (room == "base" || room == "backends/support") && file.ends_with(".cpp")
                   ? ""
                   : "only base and backends/support include utf8proc";
    if (header.starts_with("yaml-cpp/"))
        return file == "config/yaml.cpp" ? "" : "only config/yaml.cpp includes yaml-cpp";
    if (room == "cli") return {};
    // yaml-cpp only reads from streams
    if (file == "config/yaml.cpp" && header == "sstream") return {};
    // a broken invariant ends the program
    if (file == "base/check.cpp" && (header == "cstdio" || header == "cstdlib")) return {};
    return "only cli touches files, clock and environment (or the header is new: add it to the pure ones)";
}

std::string own_refusal(std::string_view file, std::string_view header) {
    if (header.find('/') == std::string_view::npos) return "our own headers are included from the root";
    const std::string from = room_of(file), to = room_of(header);
    if (header == private_header_with_antlr && !(from == to && file.ends_with(".cpp")))
        return "it includes ANTLR, which stays in compiler/parse/antlr/*.cpp";
    if (from == to || from == "cli") return {};
    if (from == "compiler/parse/antlr" && to == "grammar") return {};
    // the page contains the picture
    if (from == "backends/html" && (header == "backends/svg/draw.h" || header == "backends/svg/picture_style.h"))
        return {};
    if (from == "backends/support" && to == "backends/flow") return "the flow graph is built on backends/support";
    if ((from == "backends/support" || from == "backends/flow") && to == "backends/mock")
        return "the plan of a mock is built on backends/support";
    const auto found = may_include().find(from);
    if (found != may_include().end()) return found->second.contains(to) ? "" : from + " may not include " + to;
    if (from.starts_with("backends/"))
        return of_backends().contains(to) ? ""
                                          : "a backend includes the model, the figures and shared rooms, not " + to;
    return from + " is a room that nobody has placed: say what it may include";
}

/// The reason why a file may not include a header; empty if it may.
std::string refusal(std::string_view file, const Include& include) {
    return include.quoted ? own_refusal(file, include.header) : library_refusal(file, include.header);
}

std::string folder_of(std::string_view path) { return std::string(path.substr(0, path.rfind('/'))); }

/// The folders with more files than that.
std::vector<std::string> crowded(const std::vector<SourceText>& files, std::size_t most) {
    std::map<std::string, std::size_t> counts;
    for (const SourceText& file : files) ++counts[folder_of(file.path)];
    std::vector<std::string> found;
    for (const auto& [folder, count] : counts)
        if (count > most) found.push_back(folder);
    return found;
}

/// The names that several headers have.
std::vector<std::string> shared_names(const std::vector<SourceText>& files) {
    std::map<std::string, std::size_t> counts;
    for (const SourceText& file : files)
        if (file.path.ends_with(".h")) ++counts[file.path.substr(file.path.rfind('/') + 1)];
    std::vector<std::string> found;
    for (const auto& [name, count] : counts)
        if (count > 1) found.push_back(name);
    return found;
}

}  // namespace

TEST_CASE("every include goes the way of the architecture: base, ir, runtime, then lint and backends, then cli") {
    std::size_t seen = 0;
    for (const SourceText& source : product_sources()) {
        for (const Include& include : includes_of(source.text)) {
            ++seen;
            INFO(source.path, " includes ", include.header);
            CHECK(refusal(source.path, include) == "");
            const bool generated = include.header.starts_with("diag/") || include.header.starts_with("thresholds/");
            if (include.quoted && !generated) CHECK(fs::exists(root / include.header));
        }
    }
    CHECK(seen > 200);
}

TEST_CASE("no two rooms include each other") {
    std::set<std::pair<std::string, std::string>> ways;
    for (const SourceText& source : product_sources())
        for (const Include& include : includes_of(source.text))
            if (include.quoted) ways.emplace(folder_of(source.path), folder_of(include.header));
    for (const auto& [from, to] : ways) {
        INFO(from, " and ", to);
        CHECK((from == to || !ways.contains({to, from})));
    }
    CHECK(ways.size() > 100);
}

TEST_CASE("no folder has more than 25 sources, or 120 goldens") {
    CHECK(crowded(product_sources(), 25).empty());
    std::vector<SourceText> goldens;
    for (const auto& entry : fs::recursive_directory_iterator(root / "tests/golden"))
        if (entry.is_regular_file()) goldens.push_back({entry.path().lexically_relative(root).generic_string(), {}});
    CHECK(goldens.size() > 900);
    CHECK(crowded(goldens, 120).empty());
    CHECK(crowded(std::vector<SourceText>(26, SourceText{"ir/model.h", {}}), 25) == std::vector<std::string>{"ir"});
}

TEST_CASE("no two headers have one name") {
    CHECK(shared_names(product_sources()).empty());
    CHECK(shared_names({{"ir/text.h", {}}, {"base/text.h", {}}}) == std::vector<std::string>{"text.h"});
}

TEST_CASE("the include rules refuse what they are there to refuse") {
    const std::vector<std::pair<std::string, Include>> wrong{
        {"base/text.cpp", {"ir/model.h", true}},
        {"ir/model.h", {"runtime/metrics.h", true}},
        {"runtime/figures/metrics.cpp", {"compiler/compile.h", true}},
        {"runtime/figures/metrics.cpp", {"backends/backend.h", true}},
        {"backends/csv/csv.cpp", {"compiler/ast/nodes.h", true}},
        {"backends/csv/csv.cpp", {"backends/github/github_jobs.h", true}},
        {"backends/mock/mock_plan.cpp", {"backends/gitlab/pipeline.h", true}},
        {"backends/flow/flow_graph.cpp", {"backends/mock/mock_plan.h", true}},
        {"compiler/check/cycles.cpp", {"compiler/ast/nodes.h", true}},
        {"compiler/parse/parse.h", {"VsmParser.h", false}},
        {"compiler/parse/antlr/contexts.h", {"VsmParser.h", false}},
        {"compiler/parse/antlr/contexts.h", {"compiler/parse/antlr/build_values.h", true}},
        {"compiler/parse/repair/broken_item.cpp", {"compiler/parse/antlr/build_values.h", true}},
        {"compiler/lower/values/typed_values.cpp", {"Token.h", false}},
        {"compiler/lint/lint.cpp", {"compiler/lower/draft.h", true}},
        {"compiler/lint/lint.cpp", {"backends/backend.h", true}},
        {"backends/csv/csv.cpp", {"yaml-cpp/yaml.h", false}},
        {"config/patterns.cpp", {"cli/io/files.h", true}},
        {"config/config.h", {"yaml-cpp/yaml.h", false}},
        {"compiler/lint/lint.cpp", {"config/patterns.h", true}},
        {"runtime/figures/metrics.cpp", {"fstream", false}},
        {"ir/model.cpp", {"cstdlib", false}},
        {"base/source.cpp", {"filesystem", false}},
        {"base/text.cpp", {"unistd.h", false}},
        {"runtime/figures/metrics.cpp", {"chrono", false}},
        {"base/text.cpp", {"units.h", true}},
        {"compiler/new/thing.cpp", {"base/text.h", true}},
    };
    for (const auto& [file, include] : wrong) {
        INFO(file, " includes ", include.header);
        CHECK(refusal(file, include) != "");
    }
}

TEST_CASE("nothing but cli asks the environment, the clock or the disk in another way") {
    for (const SourceText& source : product_sources()) {
        if (room_of(source.path) == "cli") continue;
        CAPTURE(source.path);
        for (const std::string_view word : {"getenv", "std::chrono", "std::time(", "fopen", "std::ifstream",
                                            "std::ofstream", "std::random_device", "std::cout", "std::cerr"})
            CHECK(source.text.find(word) == std::string::npos);
    }
}

TEST_CASE("every header opens with what it is, and is read once") {
    for (const SourceText& source : product_sources()) {
        CAPTURE(source.path);
        if (source.path.ends_with(".h")) {
            CHECK(source.text.starts_with("// "));
            CHECK(source.text.find("\n#pragma once\n") != std::string::npos);
        }
        if (source.path.ends_with(".def") || source.path.ends_with(".g4")) CHECK(source.text.starts_with("// "));
    }
}

TEST_CASE("no file holds words that put work off") {
    const std::array<std::string, 2> words{std::string("TO") + "DO", std::string("FIX") + "ME"};
    for (const std::string_view folder :
         {"base", "ir", "compiler", "runtime", "backends", "config", "cli", "grammar", "tests"})
        for (const SourceText& source : sources_below(folder))
            for (const std::string& word : words) {
                INFO(source.path, " says ", word);
                CHECK(source.text.find(word) == std::string::npos);
            }
}

TEST_CASE("codes are ascending, each is given once, and each range holds what it is for") {
    std::set<std::string_view> names;
    unsigned last = 0;
    for (const DiagnosticInfo& info : vsm::all_diagnostics()) {
        const auto number = static_cast<unsigned>(info.code);
        CAPTURE(info.name);
        CHECK(number > last);
        last = number;
        CHECK(names.insert(info.name).second);
        CHECK(
            std::all_of(info.name.begin(), info.name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; }));
        const unsigned hundreds = number / 100;
        CHECK(std::set<unsigned>{1, 2, 3, 10, 20, 30, 40, 50, 90}.contains(hundreds));
        CHECK((info.rule_class == RuleClass::map) == (hundreds == 20));
        CHECK((info.rule_class == RuleClass::process) == (hundreds == 30));
        CHECK(vsm::find_diagnostic(info.name) == &info);
        CHECK(vsm::find_diagnostic(vsm::text_of(info.code)) == &info);
    }
}

TEST_CASE("messages and rule files follow the habits: lower case, no full stop, one file a rule") {
    std::set<std::string> files;
    for (const SourceText& source : sources_below("compiler/lint/rules"))
        files.insert(source.path.substr(source.path.rfind('/') + 1));
    for (const DiagnosticInfo& info : vsm::all_diagnostics()) {
        CAPTURE(info.name);
        CHECK_FALSE(info.message.empty());
        CHECK_FALSE((info.message.front() >= 'A' && info.message.front() <= 'Z'));
        CHECK_FALSE(info.message.ends_with("."));
        if (info.rule_class != RuleClass::none) CHECK(files.contains(std::string(info.identifier) + ".cpp"));
    }
    std::size_t rules = 0;
    for (const SourceText& source : sources_below("compiler/lint/rules"))
        rules += source.path.ends_with(".cpp") ? 1u : 0u;
    CHECK(rules == static_cast<std::size_t>(
                       std::count_if(vsm::all_diagnostics().begin(), vsm::all_diagnostics().end(),
                                     [](const DiagnosticInfo& info) { return info.rule_class != RuleClass::none; })));
}
