// Limits that no golden file can show.
#include <doctest/doctest.h>

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
