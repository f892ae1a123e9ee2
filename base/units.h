// Quantities of a map: durations, shares, rates, dates. Written durations and shares are exact; computed values are
// doubles.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vsm {

/// Working time in whole microseconds, 0 to 100 years of 365 days.
struct Duration {
    std::int64_t microseconds = 0;
    constexpr auto operator<=>(const Duration&) const = default;
};

inline constexpr std::int64_t microseconds_per_second = 1'000'000;
inline constexpr Duration longest_duration{100LL * 365 * 24 * 3600 * microseconds_per_second};

/// A share as an exact decimal in parts of 1e-11: 1 is 100 %, and a percentage has up to nine decimals.
struct Ratio {
    static constexpr std::int64_t whole = 100'000'000'000;
    std::int64_t parts = 0;

    static constexpr Ratio one() { return {whole}; }
    constexpr double value() const { return static_cast<double>(parts) / static_cast<double>(whole); }
    constexpr auto operator<=>(const Ratio&) const = default;
};

/// A number as written: mantissa · 10^-scale, at most 18 digits.
struct Decimal {
    std::int64_t mantissa = 0;
    int scale = 0;

    double value() const;
    bool whole() const;
};

/// Parses digits with an optional point; nothing if the text is not a number or has more than 18 digits.
std::optional<Decimal> parse_decimal(std::string_view text);

/// number · unit in whole parts of the unit; nothing if the product is not whole or overflows.
std::optional<std::int64_t> scale_exactly(Decimal number, std::int64_t unit);

enum class TimeUnit { second, minute, hour, day, week };

/// Parses `s`, `min`, `h`, `d`, `w`; nothing for any other text.
std::optional<TimeUnit> parse_time_unit(std::string_view text);
std::string_view name_of(TimeUnit unit);

/// Length of the working day and week, which define `d` and `w`. 0 < day <= 24 h, day <= week <= 7 days.
struct Calendar {
    Duration day{8LL * 3600 * microseconds_per_second};
    Duration week{5LL * 8 * 3600 * microseconds_per_second};
    constexpr bool operator==(const Calendar&) const = default;
};

inline constexpr Calendar round_the_clock{{24LL * 3600 * microseconds_per_second},
                                          {7LL * 24 * 3600 * microseconds_per_second}};

/// The length of one unit on a calendar.
Duration length_of(TimeUnit unit, const Calendar& calendar);

/// A count per unit of working time, as written (`40/w`); `period` is the length of the unit.
struct Rate {
    double count = 0;
    TimeUnit unit = TimeUnit::week;
    Duration period{};

    double per_second() const { return count * microseconds_per_second / static_cast<double>(period.microseconds); }
    bool operator==(const Rate&) const = default;
};

struct Date {
    int year = 0;
    int month = 0;
    int day = 0;
    constexpr auto operator<=>(const Date&) const = default;
};

/// Parses a Gregorian date such as 2026-11-20; nothing if there is no such day.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);

/// Days from `from` to `to`; negative if `to` is earlier.
std::int64_t days_between(Date from, Date to);

/// How a number is shortened: a lower bound rounds down and an upper bound up, or they would not be bounds. Rounding
/// errors of a double are ignored.
enum class Rounding { nearest, down, up };

/// Formats working time in microseconds for people: `9d4h`, the two largest parts, rounded (halves up) to the smaller
/// one, with days as the largest unit. The result can be parsed again. Negative and non-finite values are an internal
/// error.
std::string format_duration(double microseconds, const Calendar& calendar, Rounding rounding = Rounding::nearest);
/// The time that format_duration() shows, in microseconds.
double rounded_duration(double microseconds, const Calendar& calendar, Rounding rounding = Rounding::nearest);
inline std::string format_duration(Duration duration, const Calendar& calendar) {
    return format_duration(static_cast<double>(duration.microseconds), calendar);
}

/// Formats a duration without rounding (`1d4h20min30s`), in the units of a calendar, with days as the largest unit.
std::string format_exactly(Duration duration, const Calendar& calendar);

/// `29.9784%`: the shortest exact decimal.
std::string format_exactly(Ratio ratio);

/// Rounds to a number of decimals (0 to 9), halves away from zero. Rounding errors that keep a number just below a half
/// are ignored.
double round_to(double number, int decimals, Rounding rounding = Rounding::nearest);

/// Formats a computed share as a percentage with one decimal, `30.0%`, or with more where one decimal would round to
/// `0.0%` or `100.0%`.
std::string format_percent(double share, Rounding rounding = Rounding::nearest);

/// `85`, `97.5` or `0.038`: format_percent() without the sign and without a redundant `.0`.
std::string percent_digits(double share);

/// A calendar as written: `8h/d 5d/w`.
std::string format_calendar(const Calendar& calendar);

/// The shortest form that reads back; without an exponent below 1e21, however small.
std::string format_number(double number);

}  // namespace vsm
