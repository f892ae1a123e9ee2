#include "base/units.h"

#include <doctest/doctest.h>

#include <string>

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

TEST_CASE("a number has no exponent unless it is huge") {
    CHECK(format_number(0.000001) == "0.000001");
    CHECK(format_number(1.5e-10) == "0.00000000015");
    CHECK(format_number(0.1) == "0.1");
    CHECK(format_number(-2.5) == "-2.5");
    CHECK(format_number(1e17) == "100000000000000000");
    CHECK(format_number(1e300) == "1e+300");
    for (const double number : {2.2250738585072014e-308, -1.2345678901234567e-200, 123456789012345680000.0})
        CHECK(std::stod(format_number(number)) == number);
}

TEST_CASE("a bound is rounded away from what it bounds") {
    const Calendar calendar;
    const double minute = 60e6, hour = 60 * minute, day = 8 * hour;
    CHECK(format_duration(24 * day + 7 * hour + 50 * minute, calendar) == "25d");
    CHECK(format_duration(24 * day + 7 * hour + 50 * minute, calendar, Rounding::down) == "24d7h");
    CHECK(format_duration(24 * day + 7 * hour + 50 * minute, calendar, Rounding::up) == "25d");
    CHECK(format_duration(24 * day + 10 * minute, calendar, Rounding::up) == "24d1h");
    CHECK(format_duration(7 * hour + 59.5 * minute, calendar, Rounding::down) == "7h59min");
    CHECK(format_duration(7 * hour + 59.5 * minute, calendar, Rounding::up) == "1d");
    // what a computation missed by its rounding errors is still whole
    CHECK(format_duration(2 * day * (1 - 1e-13), calendar, Rounding::down) == "2d");
    CHECK(format_duration(2 * day * (1 + 1e-13), calendar, Rounding::up) == "2d");
    CHECK(format_percent(0.62449, Rounding::up) == "62.5%");
    CHECK(format_percent(0.62449, Rounding::down) == "62.4%");
    CHECK(format_percent(0.7 * 0.9, Rounding::up) == "63.0%");
    CHECK(format_percent(0.9994, Rounding::up) == "99.940%");
    CHECK(format_percent(0.0006, Rounding::down) == "0.060%");
    CHECK(rounded_duration(24 * day + 7 * hour + 50 * minute, calendar) == 25 * day);
    CHECK(rounded_duration(24 * day + 7 * hour + 50 * minute, calendar, Rounding::down) == 24 * day + 7 * hour);
}

}  // namespace vsm
