#include "runtime/words/apart.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "runtime/figures/goals.h"
#include "runtime/figures/significance.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

/// Relative rounding error of computed figures.
constexpr double noise = 1e-9;
constexpr std::size_t most_detail = 9;

double rounded_to(double microseconds, double unit, Rounding rounding) {
    if (rounding == Rounding::nearest) return std::floor(microseconds / unit + 0.5) * unit;
    return round_to(microseconds / unit, 0, rounding) * unit;
}

/// The largest time that is printed exactly, in microseconds.
constexpr double most_exact = 9e15;

/// The smallest unit of a time at detail 1 and up, in microseconds.
double unit_at(std::size_t detail) {
    constexpr double units[] = {60.0 * microseconds_per_second, microseconds_per_second, 1};
    return units[std::min<std::size_t>(detail, 3) - 1];
}

/// At detail 0 as reports print it, then exact to the minute, the second, the microsecond.
std::string duration_text(double microseconds, const Calendar& calendar, std::size_t detail, Rounding rounding) {
    const double size = std::fabs(microseconds);
    if (detail == 0 || size > most_exact) return signed_duration(microseconds, calendar, rounding);
    const double rounded = rounded_to(size, unit_at(detail), rounding);
    if (rounded < 1) return format_duration(0.0, calendar);
    return (microseconds < 0 ? "-" : "") + format_exactly(Duration{std::llround(rounded)}, calendar);
}

std::string number_text(double number, std::size_t detail, Rounding rounding) {
    if (detail == 0) return short_number(number, rounding);
    const int digits = 3 + static_cast<int>(detail);
    const int whole = number == 0 ? 1 : 1 + static_cast<int>(std::floor(std::log10(std::fabs(number))));
    constexpr int most_decimals = 300;
    const int decimals = std::clamp(digits - whole, 0, std::max(9, std::min(digits - whole, most_decimals)));
    std::string text = fmt::format("{:.{}f}", round_to(number, decimals, rounding), decimals);
    if (decimals > 0) text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string detailed(ir::Metric metric, double figure, const ir::Stream& stream, std::size_t detail,
                     Rounding rounding) {
    switch (ir::info_of(metric).type) {
        case ir::MetricType::time: return duration_text(figure, calendar_of(metric, stream), detail, rounding);
        case ir::MetricType::ratio:
            if (detail == 0) return format_percent(figure, rounding);
            return fmt::format("{:.{}f}%", round_to(100 * figure, std::min(1 + static_cast<int>(detail), 9), rounding),
                               1 + detail);
        case ir::MetricType::rate: {
            const double day = static_cast<double>(stream.calendar.day.microseconds) / microseconds_per_second;
            return number_text(figure * day, detail, rounding) + "/d";
        }
        case ir::MetricType::number:
        case ir::MetricType::name: return number_text(figure, detail, rounding);
    }
    return "";
}

/// -1, 0 or 1: below, equal within rounding errors, above.
int order_of(double a, double b) {
    if (std::fabs(a - b) <= noise * std::max(std::fabs(a), std::fabs(b))) return 0;
    return a < b ? -1 : 1;
}

double shown_duration(double microseconds, const Calendar& calendar, std::size_t detail, Rounding rounding) {
    const double size = std::fabs(microseconds);
    const double shown = detail == 0 || size > most_exact ? rounded_duration(size, calendar, rounding)
                                                          : rounded_to(size, unit_at(detail), rounding);
    return microseconds < 0 ? -shown : shown;
}

/// The value that a reader takes from the text of detailed(), in the unit of the figure.
double shown_value(ir::Metric metric, double figure, const ir::Stream& stream, std::size_t detail, Rounding rounding) {
    const ir::MetricType type = ir::info_of(metric).type;
    if (type == ir::MetricType::time) return shown_duration(figure, calendar_of(metric, stream), detail, rounding);
    const std::string text = detailed(metric, figure, stream, detail, rounding);
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    if (type == ir::MetricType::ratio) return number / 100;
    if (type != ir::MetricType::rate) return number;
    return number * microseconds_per_second / static_cast<double>(stream.calendar.day.microseconds);
}

/// Whether two rounded times differ by their rounded difference.
bool add_up(double before, double after, const Calendar& calendar, Rounding rounding) {
    const double difference =
        rounded_duration(after, calendar, rounding) - rounded_duration(before, calendar, rounding);
    return std::fabs(difference) == rounded_duration(std::fabs(after - before), calendar);
}

/// In hours and smaller units, to compare times of different calendars.
std::string clock_text(double microseconds) {
    static constexpr Calendar without_days{longest_duration, longest_duration};
    return format_duration(std::fabs(microseconds), without_days);
}

}  // namespace

std::string text_beside(ir::Metric metric, double figure, double other, const ir::Stream& stream, Rounding rounding) {
    const int order = order_of(figure, other);
    std::string text;
    for (std::size_t detail = 0; detail <= most_detail; ++detail) {
        text = detailed(metric, figure, stream, detail, rounding);
        const bool on_its_side = order_of(shown_value(metric, figure, stream, detail, rounding), other) == order;
        if (on_its_side && (order == 0 || text != detailed(metric, other, stream, detail, Rounding::nearest))) break;
    }
    return text;
}

ApartTexts texts_apart(ir::Metric metric, double before, const ir::Stream& old, double after, const ir::Stream& fresh,
                       Rounding rounding) {
    const auto both = [&](std::size_t detail) {
        return ApartTexts{detailed(metric, before, old, detail, rounding),
                          detailed(metric, after, fresh, detail, rounding)};
    };
    ApartTexts texts = both(0);
    const bool same_calendar = calendar_of(metric, old) == calendar_of(metric, fresh);
    if (!is_change(metric, before, after)) {
        if (same_calendar) texts.before = texts.after;
        return texts;
    }
    if (same_calendar && ir::info_of(metric).type == ir::MetricType::time &&
        !add_up(before, after, calendar_of(metric, fresh), rounding))
        texts = both(1);
    for (std::size_t detail = 1; detail <= most_detail && texts.before == texts.after; ++detail) texts = both(detail);
    if (texts.before == texts.after && ir::info_of(metric).type == ir::MetricType::time)
        texts = {clock_text(before), clock_text(after)};
    return texts;
}

std::string change_text(ir::Metric metric, double change, const ir::Stream& stream) {
    const std::string sign = change > 0 ? "+" : "";
    if (ir::info_of(metric).type != ir::MetricType::ratio) {
        const std::string text = figure_text(metric, change, stream);
        return text == figure_text(metric, 0, stream) ? text : sign + text;
    }
    constexpr double least_shown = 0.0005;
    if (change == 0) return "0 points";
    const double size = std::fabs(change);
    const int decimals = size >= least_shown ? 1 : -static_cast<int>(std::floor(std::log10(100 * size * (1 + noise))));
    return fmt::format("{}{:.{}f} points", sign, 100 * change, std::min(decimals, 9));
}

std::string ratio_text(double before, double after) {
    if (before == 0) return "";
    const double percent = 100 * after / before;
    for (int decimals = 0; decimals < 9; ++decimals) {
        std::string text = fmt::format("{:.{}f}%", percent, decimals);
        const bool none = text == fmt::format("{:.{}f}%", 0.0, decimals),
                   whole = text == fmt::format("{:.{}f}%", 100.0, decimals);
        if ((!none || after == 0) && (!whole || after == before)) return text;
    }
    return "";
}

}  // namespace vsm::runtime
