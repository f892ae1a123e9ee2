#include "base/units.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/check.h"

namespace vsm {
namespace {

constexpr std::int64_t minute = 60 * microseconds_per_second;
constexpr std::int64_t hour = 60 * minute;

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// digits · 10^-scale without trailing zeros after the point.
std::string point_at(std::int64_t digits, int scale) {
    std::string text = fmt::format("{:0{}}", digits, scale + 1);
    if (scale == 0) return text;
    text.insert(text.size() - static_cast<std::size_t>(scale), ".");
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string seconds_text(std::int64_t microseconds) { return point_at(microseconds, 6) + "s"; }

struct Part {
    std::int64_t length;
    std::string_view unit;
};

std::array<Part, 4> parts_of(const Calendar& calendar) {
    return {{{calendar.day.microseconds, "d"}, {hour, "h"}, {minute, "min"}, {microseconds_per_second, "s"}}};
}

}  // namespace

double Decimal::value() const { return static_cast<double>(mantissa) / static_cast<double>(power_of_ten(scale)); }

bool Decimal::whole() const { return mantissa % power_of_ten(scale) == 0; }

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal found;
    int digits = 0;
    bool after_point = false;
    for (const char c : text) {
        if (c == '.' && !after_point) {
            after_point = true;
            continue;
        }
        if (c < '0' || c > '9' || digits == 18) return std::nullopt;
        found.mantissa = found.mantissa * 10 + (c - '0');
        if (found.mantissa != 0 || after_point) ++digits;
        if (after_point) ++found.scale;
    }
    if (text.empty() || text.front() == '.' || text.back() == '.') return std::nullopt;
    return found;
}

std::optional<std::int64_t> scale_exactly(Decimal number, std::int64_t unit) {
    std::int64_t mantissa = number.mantissa;
    std::int64_t divisor = power_of_ten(number.scale);
    // Reduce the fraction before multiplying, so that only results that do not fit overflow.
    while (divisor > 1 && mantissa % 10 == 0) {
        mantissa /= 10;
        divisor /= 10;
    }
    while (divisor > 1 && divisor % 2 == 0 && unit % 2 == 0) {
        divisor /= 2;
        unit /= 2;
    }
    while (divisor > 1 && divisor % 5 == 0 && unit % 5 == 0) {
        divisor /= 5;
        unit /= 5;
    }
    std::int64_t product = 0;
    if (__builtin_mul_overflow(mantissa, unit, &product) || product % divisor != 0) return std::nullopt;
    return product / divisor;
}

std::optional<TimeUnit> parse_time_unit(std::string_view text) {
    if (text == "s") return TimeUnit::second;
    if (text == "min") return TimeUnit::minute;
    if (text == "h") return TimeUnit::hour;
    if (text == "d") return TimeUnit::day;
    if (text == "w") return TimeUnit::week;
    return std::nullopt;
}

std::string_view name_of(TimeUnit unit) {
    switch (unit) {
        case TimeUnit::second: return "s";
        case TimeUnit::minute: return "min";
        case TimeUnit::hour: return "h";
        case TimeUnit::day: return "d";
        case TimeUnit::week: return "w";
    }
    return "";
}

Duration length_of(TimeUnit unit, const Calendar& calendar) {
    switch (unit) {
        case TimeUnit::second: return {microseconds_per_second};
        case TimeUnit::minute: return {minute};
        case TimeUnit::hour: return {hour};
        case TimeUnit::day: return calendar.day;
        case TimeUnit::week: return calendar.week;
    }
    return {};
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t count) -> int {
        int value = 0;
        for (const char c : text.substr(at, count)) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const Date date{number(0, 4), number(5, 2), number(8, 2)};
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1) return std::nullopt;
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
    const int last = days[static_cast<std::size_t>(date.month - 1)] + (leap && date.month == 2 ? 1 : 0);
    if (date.day > last) return std::nullopt;
    return date;
}

std::string format_date(Date date) { return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day); }

namespace {

/// Days since 1 March of year 0. Years begin in March, so that leap days come at their end.
std::int64_t day_number(Date date) {
    const std::int64_t year = date.month > 2 ? date.year : date.year - 1;
    const std::int64_t month = (date.month + 9) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day - 1;
}

}  // namespace

std::int64_t days_between(Date from, Date to) { return day_number(to) - day_number(from); }

namespace {

/// Moves a number that a rounding error may have put on the wrong side of a step.
double without_noise(double number, Rounding rounding) {
    constexpr double noise = 1e-11;
    const double error = noise * std::max(1.0, std::fabs(number));
    return rounding == Rounding::down ? number + error : rounding == Rounding::up ? number - error : number;
}

/// What to add to a number of steps before its fraction is cut off.
std::int64_t added_before_cut(std::int64_t step, Rounding rounding) {
    return rounding == Rounding::down ? 0 : rounding == Rounding::up ? step - 1 : step / 2;
}

}  // namespace

namespace {

/// Above this, doubles cannot represent single microseconds, and only days matter.
constexpr double most_exact = 9e15;

/// A duration in the two largest parts; without parts below a minute, which is shown exactly.
struct InParts {
    std::optional<std::size_t> first;  ///< index of the larger part
    std::int64_t large = 0, small = 0;
    std::int64_t rounded = 0;  ///< in microseconds
};

InParts in_parts(double microseconds, const Calendar& calendar, Rounding rounding) {
    const std::int64_t exact = std::llround(without_noise(microseconds, rounding));
    const auto parts = parts_of(calendar);
    std::size_t first = 0;
    while (first + 1 < parts.size() && (exact < parts[first].length || (first == 0 && parts[0].length < hour))) ++first;
    for (;; --first) {
        if (first + 1 == parts.size()) return {std::nullopt, 0, 0, exact};
        const std::int64_t step = parts[first + 1].length, whole = parts[first].length;
        std::int64_t large = exact / whole, small = (exact % whole + added_before_cut(step, rounding)) / step;
        if (small * step >= whole) {  // a day need not be whole hours
            ++large;
            small = 0;
        }
        const std::int64_t rounded = large * whole + small * step;
        // Rounding may fill the next larger unit (7h59min45s is 8h, which is 1d).
        if (first > 0 && rounded >= parts[first - 1].length && parts[first - 1].length > whole) continue;
        return {first, large, small, rounded};
    }
}

}  // namespace

std::string format_duration(double microseconds, const Calendar& calendar, Rounding rounding) {
    VSM_CHECK(std::isfinite(microseconds) && microseconds >= 0);
    if (microseconds > most_exact)
        return fmt::format("{:.0f}d",
                           round_to(microseconds / static_cast<double>(calendar.day.microseconds), 0, rounding));
    const InParts shown = in_parts(microseconds, calendar, rounding);
    if (!shown.first) return seconds_text(shown.rounded);
    const auto parts = parts_of(calendar);
    std::string text = shown.large > 0 ? fmt::format("{}{}", shown.large, parts[*shown.first].unit) : "";
    if (shown.small > 0) text += fmt::format("{}{}", shown.small, parts[*shown.first + 1].unit);
    return text;
}

double rounded_duration(double microseconds, const Calendar& calendar, Rounding rounding) {
    if (microseconds > most_exact) return microseconds;
    return static_cast<double>(in_parts(microseconds, calendar, rounding).rounded);
}

std::string format_exactly(Duration duration, const Calendar& calendar) {
    std::int64_t left = duration.microseconds;
    if (left == 0) return "0min";
    std::string text;
    for (const Part& part : parts_of(calendar)) {
        if (part.unit == "s") break;
        if (left < part.length) continue;
        text += fmt::format("{}{}", left / part.length, part.unit);
        left %= part.length;
    }
    if (left > 0) text += seconds_text(left);
    return text;
}

std::string format_exactly(Ratio ratio) { return point_at(ratio.parts, 9) + "%"; }

double round_to(double number, int decimals, Rounding rounding) {
    constexpr double noise = 1e-11;
    const double scale = std::pow(10.0, decimals), scaled = number * scale;
    if (rounding == Rounding::down) return std::floor(without_noise(scaled, rounding)) / scale;
    if (rounding == Rounding::up) return std::ceil(without_noise(scaled, rounding)) / scale;
    return std::round(scaled + std::copysign(noise * std::max(1.0, std::fabs(scaled)), scaled)) / scale;
}

std::string format_percent(double share, Rounding rounding) {
    constexpr double noise = 1e-9;  // error of the multiplication
    const double percent = share * 100, size = std::fabs(percent), from_whole = std::fabs(size - 100);
    // Avoids `0.0%` and `100.0%`, which would mean nothing at all or everything.
    const double least = rounding == Rounding::nearest ? 0.05 : 0.1;
    const bool told = size >= least - noise && from_whole > least + noise;
    if (told || size == 0 || from_whole < noise) return fmt::format("{:.1f}%", round_to(percent, 1, rounding));
    if (size < 1e-6) return "under 0.000001%";
    const int decimals = 1 - static_cast<int>(std::floor(std::log10(std::min(size, from_whole))));
    return fmt::format("{:.{}f}%", round_to(percent, std::min(decimals, 9), rounding), decimals);
}

std::string percent_digits(double share) {
    std::string digits = format_percent(share);
    digits.pop_back();
    if (digits.ends_with(".0")) digits.resize(digits.size() - 2);
    return digits;
}

std::string format_calendar(const Calendar& calendar) {
    const Calendar hours_only{{24 * hour + 1}, {7 * (24 * hour + 1)}};
    const std::string day = format_exactly(calendar.day, hours_only);
    const double days =
        static_cast<double>(calendar.week.microseconds) / static_cast<double>(calendar.day.microseconds);
    return fmt::format("{}/d {}d/w", day, format_number(days));
}

std::string format_number(double number) {
    if (number == std::floor(number) && std::fabs(number) < 1e15) return fmt::format("{:.0f}", number);
    constexpr double huge = 1e21;  // from here on, digits in front of the point are invented
    if (std::fabs(number) >= huge) return fmt::format("{}", number);
    std::array<char, 400> digits{};  // up to 324 zeros behind the point and 17 digits
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed).ptr;
    return {digits.data(), end};
}

}  // namespace vsm
