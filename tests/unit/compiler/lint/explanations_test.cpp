// The explanations of `vsm explain` and docs/diagnostics.md are true: each bad map has the diagnostic, each good map
// does not.
#include <doctest/doctest.h>

#include <algorithm>

#include "backends/backend.h"
#include "base/diagnostics/codes.h"
#include "base/diagnostics/explanations.h"
#include "compiler/lint/lint.h"
#include "config/config.h"
#include "tests/support/compile.h"

namespace {

using namespace vsm;

/// What to check besides the map rules.
struct Look {
    std::string_view target = {};
    bool process = false;
    std::string_view as_of = {};
};

/// All findings of `vsm lint` on a map, including those of an output if one is given.
Diagnostics everything_about(std::string_view map, const Look& look) {
    Diagnostics diagnostics;
    if (look.target == configuration_file) {
        SourceSet sources;
        config::read_config(sources.add(std::string(look.target), std::string(map)), diagnostics);
        return diagnostics;
    }
    // The map is `map.vsm`; it may import itself or a file of teams.
    const auto checked = tests::compile_text(
        map, &diagnostics, {{"map.vsm", std::string(map)}, {"people.vsm", "team dev \"Developers\"\n"}});
    if (!checked) return diagnostics;
    lint::RuleSet rules;
    rules.process_rules = look.process;
    if (!look.as_of.empty()) rules.as_of = parse_date(look.as_of);
    lint::lint(*checked, rules, diagnostics);
    if (look.target.empty()) return diagnostics;
    const backends::Backend* backend = backends::find_backend(look.target);
    REQUIRE(backend != nullptr);
    const backends::BackendOptions options;
    for (std::size_t i = 0; i < checked->model().streams.size(); ++i)
        backend->emit({*checked, checked->model().streams.id_at(i), options}, diagnostics);
    return diagnostics;
}

std::size_t count_of(const Diagnostics& diagnostics, Code code) {
    return static_cast<std::size_t>(std::count_if(diagnostics.all().begin(), diagnostics.all().end(),
                                                  [&](const Diagnostic& d) { return d.code == code; }));
}

std::size_t errors_besides(const Diagnostics& diagnostics, Code code) {
    return static_cast<std::size_t>(
        std::count_if(diagnostics.all().begin(), diagnostics.all().end(),
                      [&](const Diagnostic& d) { return d.severity == Severity::error && d.code != code; }));
}

std::string listed(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& d : diagnostics.all()) text += fmt::format("{} {}\n", text_of(d.code), d.message);
    return text;
}

std::string listed_names(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& d : diagnostics.all()) text += fmt::format("{}\n", info_of(d.code).name);
    return text;
}

void hold(Code code, std::string_view bad, std::string_view good, const Look& look) {
    INFO(text_of(code), " ", info_of(code).name);
    if (!bad.empty()) {
        const Diagnostics found = everything_about(bad, look);
        INFO("bad map:\n", bad, listed(found));
        CHECK(count_of(found, code) == 1);
        CHECK(errors_besides(found, code) == 0);
        CHECK_FALSE(good.empty());
    }
    if (!good.empty()) {
        const Diagnostics found = everything_about(good, look);
        INFO("good map:\n", good, listed(found));
        CHECK(count_of(found, code) == 0);
        CHECK_FALSE(found.has_errors());
    }
}

const lint::Rule* find_rule(Code code) {
    const auto rules = lint::all_rules();
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const lint::Rule* rule) { return rule->code == code; });
    return found == rules.end() ? nullptr : *found;
}

}  // namespace

TEST_CASE("every diagnostic is explained, once: rules in their own file, the others in the table") {
    for (const DiagnosticInfo& info : all_diagnostics()) {
        CAPTURE(info.name);
        const auto rows = std::count_if(all_explanations().begin(), all_explanations().end(),
                                        [&](const Explanation& row) { return row.code == info.code; });
        const bool is_rule = info.rule_class != RuleClass::none;
        CHECK(rows == (is_rule ? 0 : 1));
        CHECK((find_rule(info.code) != nullptr) == is_rule);
    }
}

TEST_CASE("explanations stand in the order of their numbers and are sentences") {
    const auto rows = all_explanations();
    CHECK(std::is_sorted(rows.begin(), rows.end(),
                         [](const Explanation& a, const Explanation& b) { return a.code < b.code; }));
    for (const Explanation& row : rows) {
        CAPTURE(info_of(row.code).name);
        CHECK(row.what.size() > 60);
        CHECK(row.what.back() == '.');
        const std::string_view end = row.target == configuration_file ? "\n" : "}\n";
        for (const std::string_view map : {row.bad, row.good}) CHECK((map.empty() || map.ends_with(end)));
    }
}

TEST_CASE("the bad map of each explanation has exactly its diagnostic, and the good one none") {
    for (const Explanation& row : all_explanations()) hold(row.code, row.bad, row.good, {row.target});
}

TEST_CASE("the bad map of each rule has exactly its finding, and the good one none at all") {
    for (const lint::Rule* rule : lint::all_rules()) {
        INFO(info_of(rule->code).name);
        CHECK_FALSE(rule->bad.empty());
        CHECK(rule->why.size() > 60);
        const Look look{{}, info_of(rule->code).rule_class == RuleClass::process, rule->as_of};
        const Diagnostics bad = everything_about(rule->bad, look), good = everything_about(rule->good, look);
        CHECK(listed_names(bad) == std::string(info_of(rule->code).name) + "\n");
        CHECK(listed(good) == "");
    }
}

TEST_CASE("every finding points into the map and says what to write") {
    for (const lint::Rule* rule : lint::all_rules()) {
        INFO(info_of(rule->code).name);
        const Diagnostics found = everything_about(rule->bad, {{}, true, rule->as_of});
        for (const Diagnostic& one : found.all()) {
            INFO(one.message);
            CHECK(one.range.valid());
            CHECK(one.range.end > one.range.begin);
            CHECK(one.range.end <= rule->bad.size());
            CHECK(one.help.size() > 8);
            CHECK(one.message.find("  ") == std::string::npos);
        }
    }
}

TEST_CASE("an `allow` at the top of the file silences each rule") {
    for (const lint::Rule* rule : lint::all_rules()) {
        if (rule->code == Code::unused_allow) continue;
        const std::string name(info_of(rule->code).name);
        INFO(name);
        const Look look{{}, info_of(rule->code).rule_class == RuleClass::process, rule->as_of};
        CHECK(listed(everything_about("allow " + name + " \"a test\"\n" + std::string(rule->bad), look)) == "");
    }
}

TEST_CASE("only what no short map can show goes without a bad map") {
    std::vector<std::string_view> without;
    for (const Explanation& row : all_explanations())
        if (row.bad.empty()) without.push_back(info_of(row.code).name);
    // Sizes and counts: 32 MiB, 65 blocks, 101 errors, 1,001 findings, and limits of outputs. Golden cases and
    // tests/unit cover these.
    CHECK(without == std::vector<std::string_view>{"file-too-large", "nesting-too-deep", "too-many-errors",
                                                   "too-many-alike", "shortened-text", "over-target-limit",
                                                   "near-target-limit", "large-output", "yaml-too-large"});
}
