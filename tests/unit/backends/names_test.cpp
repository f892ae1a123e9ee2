#include <doctest/doctest.h>

#include <string>

#include "backends/support/facts.h"
#include "backends/support/names.h"

namespace {

using namespace vsm::backends;

constexpr NameRule rule{"._-", 20, false};

TEST_CASE("a name keeps what the target allows") {
    CHECK(name_from("Review the change", rule) == "Review-the-change");
    CHECK(name_from("  A & B / C  ", rule) == "A-B-C");
    CHECK(name_from("v1.2_x", rule) == "v1.2_x");
    CHECK(name_from("Prüfung für Étienne", rule) == "Prufung-fur-Etienne");
    CHECK(name_from("ｆｕｌｌ ①", rule) == "full-1");
    CHECK(name_from("日本語", rule) == "");
    CHECK(name_from("a\xFF"
                    "b",
                    rule) == "a-b");
    CHECK(name_from("1st", {"-", 20, true}) == "_1st");
    CHECK(name_from("a.b", {"-", 20, true}) == "a-b");
}

TEST_CASE("no two names of a scope are alike, whatever their case") {
    Names names(rule);
    CHECK(names.claim("Deploy", "x") == "Deploy");
    CHECK(names.claim("deploy", "x") == "deploy-2");
    CHECK(names.claim("de ploy", "x") == "de-ploy");
    CHECK(names.claim("DEPLOY", "x") == "DEPLOY-3");
    CHECK(names.claim("deploy-2", "x") == "deploy-2-2");
    CHECK(names.claim("日本語", "fallback") == "fallback");
    CHECK(names.claim("---", "fallback") == "fallback-2");
}

TEST_CASE("a tail with figures stays whole when a name is cut") {
    Names names(rule);
    CHECK(names.claim("A very long title indeed", "x", "_PT45min") == "A-very-long-_PT45min");
    CHECK(names.claim("A very long title indeed", "x", "_PT45min") == "A-very-lon-2_PT45min");
    CHECK(names.claim("Short", "x", "_PT45min") == "Short_PT45min");
    CHECK(names.claim("Short", "x", "_PT50min") == "Short_PT50min");
    CHECK(names.claim("Short", "x", "_PT45min") == "Short-2_PT45min");
}

TEST_CASE("many equal names are numbered in the order they come") {
    Names names({"-", 100, false});
    std::string last;
    for (int i = 0; i < 20'000; ++i) last = names.claim("step", "x");
    CHECK(last == "step-20000");
}

TEST_CASE("a text is cut between characters, as browsers and AWS count them") {
    CHECK(cut("abc", 3) == "abc");
    CHECK(cut("abcd", 3) == "ab…");
    CHECK(cut("😀😀", 4) == "😀😀");
    CHECK(cut("😀😀", 3) == "😀…");
    CHECK(cut("😀😀", 2) == "…");
    CHECK(cut("日本語", 2) == "日…");
    CHECK(utf16_units("a日😀") == 4);
}

}  // namespace
