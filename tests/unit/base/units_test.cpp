#include "base/units.h"

#include <doctest/doctest.h>

namespace vsm {

TEST_CASE("a percentage has one decimal, and more where that would say nothing or all") {
    CHECK(format_percent(0) == "0.0%");
    CHECK(format_percent(1) == "100.0%");
    CHECK(format_percent(0.29) == "29.0%");
    CHECK(format_percent(3.5) == "350.0%");
    CHECK(format_percent(0.0005) == "0.1%");
    CHECK(format_percent(0.9025) == "90.3%");
    CHECK(format_percent(0.85 * 0.95) == "80.8%");
    CHECK(format_percent(-0.9025) == "-90.3%");
    CHECK(format_percent(0.9995) == "99.950%");
    CHECK(percent_digits(0.85) == "85");
    CHECK(percent_digits(0.975) == "97.5");
    CHECK(percent_digits(1) == "100");
    CHECK(format_percent(0.00038) == "0.038%");
    CHECK(format_percent(1e-12) == "under 0.000001%");
    CHECK(format_percent(0.9994) == "99.9%");
    CHECK(format_percent(0.99962) == "99.962%");
    CHECK(format_percent(1.0002) == "100.020%");
    CHECK(format_percent(0.1 + 0.2 + 0.7) == "100.0%");
}

}  // namespace vsm
