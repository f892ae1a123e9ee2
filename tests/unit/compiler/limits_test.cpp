// Limits that no golden file can show.
#include <doctest/doctest.h>

#include "base/codes.h"
#include "compiler/parse/parse.h"
#include "tests/support/compile.h"

using namespace vsm;

TEST_CASE("a file of more than 32 MiB is refused with one error, and nothing of it is read") {
    Diagnostics diagnostics;
    const auto made = tests::compile_text(std::string(parse::most_bytes + 1, '@'), &diagnostics);
    CHECK_FALSE(made.has_value());
    REQUIRE(diagnostics.all().size() == 1);
    CHECK(diagnostics.all()[0].code == Code::file_too_large);
    CHECK(diagnostics.all()[0].message == "the file holds 33554433 bytes, a map at most 33554432");
}

TEST_CASE("so many targets for so many futures that no report has room for them are refused where they become too many") {
    std::string text = "stream s {\n step a { process: 1h, lead: 2h }\n";
    for (int i = 1; i <= 400; ++i) text += "target lead_time <= " + std::to_string(i) + "h\n";
    text += "}\n";
    for (int i = 1; i <= 251; ++i) text += "future f" + std::to_string(i) + " of s {}\n";
    Diagnostics diagnostics;
    CHECK_FALSE(tests::compile_text(text, &diagnostics).has_value());
    REQUIRE(diagnostics.all().size() == 1);
    CHECK(diagnostics.all()[0].message == "a map with 100400 targets to judge in its futures is outside the 100000 that one map may have");
}
