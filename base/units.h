// The quantities of a map: time, shares, rates, dates. Exact where people write them; doubles only for what is computed.
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

/// A share as an exact decimal: parts of 1e-11, so that 1 is 100 % and a percentage has up to nine decimals.
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

/// Reads digits with an optional point; nothing when it is no number or has more than 18 digits.
std::optional<Decimal> parse_decimal(std::string_view text);

/// number · unit as a whole count of the unit's parts; nothing when it is not whole or does not fit.
std::optional<std::int64_t> scale_exactly(Decimal number, std::int64_t unit);

enum class TimeUnit { second, minute, hour, day, week };

/// `s`, `min`, `h`, `d`, `w`; nothing for anything else.
std::optional<TimeUnit> parse_time_unit(std::string_view text);
std::string_view name_of(TimeUnit unit);

/// The working day and week: what `d` and `w` mean. 0 < day <= 24 h, day <= week <= 7 days.
struct Calendar {
    Duration day{8LL * 3600 * microseconds_per_second};
    Duration week{5LL * 8 * 3600 * microseconds_per_second};
    constexpr bool operator==(const Calendar&) const = default;
};

inline constexpr Calendar round_the_clock{{24LL * 3600 * microseconds_per_second}, {7LL * 24 * 3600 * microseconds_per_second}};

/// How long one unit lasts on a calendar.
Duration length_of(TimeUnit unit, const Calendar& calendar);

/// A count per unit of time, as written (`40/w`), and per second of working time.
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

/// A day of the Gregorian calendar written 2026-11-20; nothing for a day that does not exist.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);

/// Days from one day to another; below zero when the second is the earlier one.
std::int64_t days_between(Date from, Date to);

/// Working time in microseconds as people say it: `9d4h`, the two largest parts, rounded half up to the smaller one, days as the
/// largest unit. What it prints can be read back. Negative and non-finite values are our bug.
std::string format_duration(double microseconds, const Calendar& calendar);
inline std::string format_duration(Duration duration, const Calendar& calendar) {
    return format_duration(static_cast<double>(duration.microseconds), calendar);
}

/// A duration with nothing rounded away (`1d4h20min30s`), in the units of a calendar, days as the largest.
std::string format_exactly(Duration duration, const Calendar& calendar);

/// `29.9784%` as written: the shortest decimal that is exact.
std::string format_exactly(Ratio ratio);

/// A number with that many decimals (0 to 9), halves away from zero as by hand; what noise of a computation keeps from a half counts as one.
double round_to(double number, int decimals);

/// A share as a percentage with one decimal, `30.0%`, with more where that would say `0.0%` or `100.0%` of what is only near it; for computed figures.
std::string format_percent(double share);

/// `85`, `97.5` or `0.038`: what format_percent() writes without its sign and without a needless `.0`.
std::string percent_digits(double share);

/// `8h/d 5d/w`.
std::string format_calendar(const Calendar& calendar);

/// A number without an exponent where it can be, shortest form that reads back.
std::string format_number(double number);

}  // namespace vsm
