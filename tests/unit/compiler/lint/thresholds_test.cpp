// The thresholds of rules: defaults lie within their ranges, values are checked against them and read in the form that
// rules use.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "base/diagnostics/codes.h"
#include "compiler/lint/lint.h"
#include "tests/support/compile.h"
#include "thresholds/dora_contradiction.h"

using namespace vsm;

TEST_CASE("every threshold belongs to a rule, has a key of its own and a standard within its range") {
    std::set<std::pair<Code, std::string_view>> seen;
    for (const lint::ThresholdInfo& row : lint::all_thresholds()) {
        const std::string name = fmt::format("{}.{}", info_of(row.rule).name, row.key);
        CAPTURE(name);
        CHECK(info_of(row.rule).rule_class != RuleClass::none);
        CHECK(seen.emplace(row.rule, row.key).second);
        CHECK(row.lowest <= row.standard);
        CHECK(row.standard <= row.highest);
        CHECK(row.what.size() > 20);
        CHECK(lint::find_threshold(row.rule, row.key) == &row);
        CHECK(&lint::all_thresholds()[row.index] == &row);
    }
    CHECK(lint::find_threshold(Code::dora_contradiction, "tolerances") == nullptr);
    CHECK(lint::find_threshold(Code::missing_ca, "tolerance") == nullptr);
}

TEST_CASE("a threshold is what was set, and nothing outside its range can be set") {
    lint::Thresholds thresholds;
    const lint::ThresholdInfo& row = *lint::find_threshold(Code::dora_contradiction, "tolerance");
    CHECK(thresholds[lint::threshold::dora_contradiction_tolerance] == doctest::Approx(0.2));
    CHECK(thresholds.set(row, 35));
    CHECK_FALSE(thresholds.set(row, 101));
    CHECK_FALSE(thresholds.set(row, -1));
    CHECK(thresholds.get(row) == 35);
    CHECK(thresholds[lint::threshold::dora_contradiction_tolerance] == doctest::Approx(0.35));
}

TEST_CASE("rules look at the thresholds of the run") {
    const lint::Rule* rule = nullptr;
    for (const lint::Rule* one : lint::all_rules())
        if (one->code == Code::dora_contradiction) rule = one;
    REQUIRE(rule != nullptr);
    const auto checked = tests::compile_text(rule->bad);
    REQUIRE(checked);
    lint::RuleSet rules;
    const auto found = [&] {
        Diagnostics diagnostics;
        lint::lint(*checked, rules, diagnostics);
        std::size_t count = 0;
        for (const Diagnostic& one : diagnostics.all()) count += one.code == Code::dora_contradiction;
        return count;
    };
    CHECK(found() == 1);
    CHECK(rules.thresholds.set(*lint::find_threshold(Code::dora_contradiction, "tolerance"), 100));
    CHECK(found() == 0);
}
