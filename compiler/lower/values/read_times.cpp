// Reads times, distributions and dates.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unit_words.h"
#include "compiler/lower/values/typed_values.h"
#include "compiler/lower/values/value_kinds.h"
#include "compiler/lower/values/value_texts.h"
#include "diag/lower.h"

namespace vsm::lower {
namespace {

constexpr std::string_view time_forms = "a time such as `45min` or `1d..3d`, or `?`";

/// Suggests a unit of the language for another one.
std::string unit_help(std::string_view unit, std::string_view number, std::string_view written) {
    if (unit == "month") return weeks_help(number, written);
    if (unit == "ms") return "the smallest unit is the second: write `0.5s`";
    constexpr auto plural = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"s", "seconds"}, {"min", "minutes"}, {"h", "hours"}, {"d", "days"}, {"w", "weeks"}});
    for (const auto& [ours, name] : plural)
        if (ours == unit) return fmt::format("{} are written `{}{}`", name, number, unit);
    return "the units are `s`, `min`, `h`, `d` and `w`";
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Suggests how to write a time for some other value.
Meaning time_help(std::string_view what, const ast::Value& value) {
    if (std::holds_alternative<ast::NotApplicable>(value.what))
        return {"write `0min` if it takes no time, or `?` if nobody knows yet", {}};
    Meaning meant = time_meant(what, written(value));
    if (std::holds_alternative<ast::Text>(value.what) && !meant.instead.empty())
        meant.help = fmt::format("times are written without quotes: `{}: {}`", what, meant.instead);
    return meant;
}

bool is_in_days(const ast::Amount& amount) { return amount.text.find_first_of("dw") != std::string::npos; }

}  // namespace

bool ValueReader::refuses_as_time(std::string_view what, const ast::Amount& amount) {
    if (is_phrase(amount)) {
        wrong(what, amount, "a time such as `3d`", single_time_meant(what, amount.text));
        return true;
    }
    if (amount.kind == ast::Amount::Kind::number) {
        const bool zero = parse_decimal(amount.text).value_or(Decimal{1, 0}).mantissa == 0;
        diagnostics_.report(diag::missing_unit, amount.range, what, amount.text)
            .help(zero ? std::string("write `0min` if it takes no time, or `?` if nobody knows yet")
                       : fmt::format("`{0}min`, `{0}h` or `{0}d`? vsm never guesses a unit", amount.text));
        return true;
    }
    if (amount.kind == ast::Amount::Kind::percent) {
        diagnostics_.report(diag::wrong_value, amount.range, what, "a time", fmt::format("`{}`", amount.text))
            .help("write a time such as `45min` or `2d`");
        return true;
    }
    return false;
}

std::optional<Duration> ValueReader::duration(std::string_view what, const ast::Amount& amount) {
    if (amount.text.empty()) return std::nullopt;
    if (refuses_as_time(what, amount)) return std::nullopt;
    std::int64_t total = 0;
    std::string_view rest = amount.text;
    while (!rest.empty()) {
        std::size_t digits = 0;
        while (digits < rest.size() && (is_digit(rest[digits]) || rest[digits] == '.')) ++digits;
        std::size_t letters = digits;
        while (letters < rest.size() && !is_digit(rest[letters])) ++letters;
        const std::string_view number_text = rest.substr(0, digits), unit_text = rest.substr(digits, letters - digits);
        const auto begin = static_cast<std::uint32_t>(amount.range.begin + (amount.text.size() - rest.size()));
        const auto unit_begin = static_cast<std::uint32_t>(begin + digits);
        if (unit_text.empty()) {
            diagnostics_.report(diag::missing_unit, {amount.range.file, begin, unit_begin}, what, number_text)
                .help(fmt::format("`{}min`? vsm never guesses a unit", amount.text));
            return std::nullopt;
        }
        const auto unit = parse_time_unit(unit_text);
        if (!unit) {
            const SourceRange at{amount.range.file, unit_begin,
                                 static_cast<std::uint32_t>(unit_begin + unit_text.size())};
            const std::string_view meant = unit_called(unit_text);
            auto report = diagnostics_.report(diag::unknown_unit, at, unit_text);
            report.help(unit_help(meant, number_text, unit_text));
            if (parse_time_unit(meant) && unit_text != "M") report.fix(at, std::string(meant));
            return std::nullopt;
        }
        // nobody writes thousands of days or weeks
        if (*unit < TimeUnit::day && may_be_thousands(number_text, {amount.range.file, begin, unit_begin}, unit_text))
            return std::nullopt;
        const auto number = parse_decimal(number_text);
        const std::int64_t length = length_of(*unit, calendar_).microseconds;
        const auto part = number ? scale_exactly(*number, length) : std::nullopt;
        const bool fits = number && number->value() * static_cast<double>(length) <=
                                        static_cast<double>(longest_duration.microseconds);
        if (number && fits && !part) {
            diagnostics_.report(diag::too_precise, amount.range, amount.text, "a microsecond")
                .help("round it: nobody measures that finely");
            return std::nullopt;
        }
        if (!part || !fits || (total += *part) > longest_duration.microseconds) {
            diagnostics_.report(diag::out_of_range, amount.range, fmt::format("`{}`", amount.text), "0 to 100 years")
                .help("times go up to 100 years; is the unit right?");
            return std::nullopt;
        }
        rest.remove_prefix(letters);
    }
    return Duration{total};
}

std::optional<ir::Distribution> ValueReader::span(std::string_view what, const ast::SpanValue& span,
                                                  SourceRange range) {
    std::array<Duration, 3> ends{};
    for (std::size_t i = 0; i < span.parts.size(); ++i) {
        const auto end = duration(what, span.parts[i]);
        if (!end) return std::nullopt;
        ends[i] = *end;
    }
    const std::size_t count = span.parts.size();
    if (count == 1) return ir::Fixed{ends[0]};
    if (ends[0] > ends[1] || (count == 3 && ends[1] > ends[2])) {
        diagnostics_.report(diag::bad_range, range, text_of(span))
            .help(count == 2
                      ? fmt::format("write the smaller end first: `{}..{}`", span.parts[1].text, span.parts[0].text)
                      : std::string("three values are the lowest, the most likely and the highest"));
        return std::nullopt;
    }
    if (count == 2) return ir::Uniform{ends[0], ends[1]};
    return ir::Triangular{ends[0], ends[1], ends[2]};
}

std::optional<ir::Distribution> ValueReader::refuse_shape(std::string_view message, SourceRange at) {
    diagnostics_.report(diag::bad_distribution, at, message)
        .help("write `exponential(2h)` with its mean, or `lognormal(p50 6h, p85 1d)` with its median and one other "
              "percentile");
    return std::nullopt;
}

std::optional<ir::Distribution> ValueReader::distribution(std::string_view what, const ast::Distribution& shape,
                                                          SourceRange range) {
    const std::string& name = shape.name.text;
    if (name == "exponential") {
        if (shape.arguments.size() != 1 || shape.arguments[0].name.given())
            return refuse_shape("`exponential` takes one time, its mean", range);
        const auto mean = duration(what, shape.arguments[0].size);
        if (!mean) return std::nullopt;
        if (mean->microseconds == 0)
            return refuse_shape("the mean of `exponential` is zero", shape.arguments[0].size.range);
        return ir::Exponential{*mean};
    }
    if (name != "lognormal") {
        constexpr std::array<std::string_view, 2> known{"exponential", "lognormal"};
        const std::string guess = did_you_mean(name, known);
        diagnostics_
            .report(diag::bad_distribution, shape.name.range, fmt::format("`{}` is not a known distribution", name))
            .help(guess.empty() ? "the distributions are `exponential(mean)` and `lognormal(p50 …, p85 …)`; a range is "
                                  "`1h..3h` or `1h..2h..3h`"
                                : guess);
        return std::nullopt;
    }
    return lognormal(what, shape, range);
}

std::optional<ir::Distribution> ValueReader::lognormal(std::string_view what, const ast::Distribution& shape,
                                                       SourceRange range) {
    if (shape.arguments.size() != 2)
        return refuse_shape(fmt::format("`lognormal` takes two percentiles, found {}", shape.arguments.size()), range);
    std::optional<Duration> median, other;
    std::string median_text, other_text;
    int percentile = 0;
    for (const auto& argument : shape.arguments) {
        const std::string& label = argument.name.text;
        const auto number =
            label.size() > 1 && label.front() == 'p' ? parse_decimal(std::string_view(label).substr(1)) : std::nullopt;
        if (!number || number->scale != 0 || number->mantissa < 1 || number->mantissa > 99)
            return refuse_shape(argument.name.given() ? fmt::format("`{}` is not a percentile from p1 to p99", label)
                                                      : std::string("each time of `lognormal` needs its percentile"),
                                argument.name.given() ? argument.name.range : argument.size.range);
        const auto time = duration(what, argument.size);
        if (!time) return std::nullopt;
        if (time->microseconds == 0) return refuse_shape("a percentile of `lognormal` is zero", argument.size.range);
        if (number->mantissa == 50) {
            median = time;
            median_text = argument.size.text;
        } else {
            other = time;
            other_text = argument.size.text;
            percentile = static_cast<int>(number->mantissa);
        }
    }
    if (!median || !other) return refuse_shape("`lognormal` takes p50 and one other percentile", range);
    if (*other == *median || (percentile > 50) != (*other > *median)) {
        diagnostics_
            .report(diag::bad_distribution, range,
                    fmt::format("p{} ({}) is {} than p50 ({})", percentile, other_text,
                                percentile > 50 ? "not longer" : "not shorter", median_text))
            .help(*other == *median
                      ? fmt::format("a time that is always the same does not need a distribution: write `{}`",
                                    median_text)
                      : fmt::format("the higher percentile is the longer time; if the two are swapped, write "
                                    "`lognormal(p50 {}, p{} {})`",
                                    other_text, percentile, median_text));
        return std::nullopt;
    }
    const ir::Lognormal made{*median, percentile, *other};
    // Two percentiles that are close to each other but far apart in time stretch the tail without bound.
    if (!(spread_of(made).high <= static_cast<double>(longest_duration.microseconds)) ||
        !(spread_of(made).mean <= static_cast<double>(longest_duration.microseconds)))
        return refuse_shape("the long end of this `lognormal` is beyond 100 years", range);
    return made;
}

std::optional<ir::Time> ValueReader::time(std::string_view what, const ast::Value& value) {
    if (silent(value)) return ir::Time{std::nullopt, false, value.range, false};
    if (std::holds_alternative<ast::Unknown>(value.what)) return ir::Time{std::nullopt, false, value.range, false};
    if (const auto* found = std::get_if<ast::SpanValue>(&value.what); found != nullptr && !holds_phrase(*found)) {
        const auto spread = span(what, *found, value.range);
        return ir::Time{spread, found->guess, value.range,
                        std::any_of(found->parts.begin(), found->parts.end(), is_in_days)};
    }
    if (const auto* shape = std::get_if<ast::DistributionValue>(&value.what)) {
        const auto& arguments = (*shape)->arguments;
        const bool in_days = std::any_of(arguments.begin(), arguments.end(),
                                         [](const auto& argument) { return is_in_days(argument.size); });
        return ir::Time{distribution(what, **shape, value.range), false, value.range, in_days};
    }
    Meaning meant = time_help(what, value);
    if (calendar_.day == round_the_clock.day && counts_working_days(written(value)))
        meant = {"a day of this stream has 24 hours: write a working day in hours, such as `8h`", {}};
    wrong(what, value, time_forms, std::move(meant));
    return ir::Time{std::nullopt, false, value.range, false};
}

bool ValueReader::hedged(std::string_view what, const ast::Word& name, const ast::Value& value) {
    const auto* span = std::get_if<ast::SpanValue>(&value.what);
    if (silent(value) || name.text.size() < 2 || !hedges(name.text) || (span != nullptr && holds_phrase(*span)))
        return false;
    const std::string text = fmt::format("{} {}", name.text, written(value));
    const ast::Amount amount{ast::Amount::Kind::phrase, text, join(name.range, value.range)};
    const bool time = what == "wait";
    wrong(what, amount, time ? time_forms : "a number", time ? time_meant(what, text) : count_meant(what, text));
    return true;
}

std::optional<Date> ValueReader::date(const ast::Word& day) {
    const auto date = parse_date(day.text);
    if (!date) {
        Meaning meant = date_meant(day.text);
        auto report = diagnostics_.report(diag::bad_date, day.range, day.text);
        report.help(std::move(meant.help));
        if (!meant.instead.empty()) report.fix(day.range, std::move(meant.instead));
    }
    return date;
}

std::optional<Date> ValueReader::date(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    const auto* found = std::get_if<ast::DateValue>(&value.what);
    if (found == nullptr || (*found)->source.given()) {
        wrong(what, value, "a date such as `2027-03-31`",
              found == nullptr ? date_meant(written(value)) : Meaning{"remove the text after it", (*found)->day.text});
        return std::nullopt;
    }
    return date((*found)->day);
}

std::optional<ir::Evidence> ValueReader::evidence(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    const auto* found = std::get_if<ast::DateValue>(&value.what);
    if (found == nullptr) {
        wrong(what, value, "a date, and the source of the figures in quotes: `2026-10-20 \"export\"`",
              date_meant(written(value)));
        return std::nullopt;
    }
    const auto day = date((*found)->day);
    if (!day) return std::nullopt;
    return ir::Evidence{*day, (*found)->source.value, value.range};
}

}  // namespace vsm::lower
