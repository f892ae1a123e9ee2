#include "compiler/lower/values/typed_values.h"

#include <algorithm>
#include <array>

#include "base/diagnostics/codes.h"
#include "base/text.h"
#include "base/unit_words.h"
#include "compiler/lower/meanings/phrases.h"

namespace vsm::lower {
namespace {

constexpr std::string_view time_forms = "a time such as `45min` or `1d..3d`, or `?`";

bool silent(const ast::Value& value) { return value.repaired || std::holds_alternative<ast::Hole>(value.what); }

const ast::SpanValue* single_span(const ast::Value& value) {
    const auto* span = std::get_if<ast::SpanValue>(&value.what);
    return span != nullptr && span->parts.size() == 1 ? span : nullptr;
}

std::string text_of(const ast::SpanValue& span) {
    std::string text = span.guess ? "~" : "";
    for (std::size_t i = 0; i < span.parts.size(); ++i) text += (i == 0 ? "" : "..") + span.parts[i].text;
    return text;
}

std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') made += '\\';
        if (c == '\n') {
            made += "\\n";
        } else {
            made += c;
        }
    }
    return made + "\"";
}

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

bool is_phrase(const ast::Amount& amount) { return amount.kind == ast::Amount::Kind::phrase; }

bool holds_phrase(const ast::SpanValue& span) { return std::any_of(span.parts.begin(), span.parts.end(), is_phrase); }

/// A value as written; a text without its quotes.
std::string written(const ast::Value& value) {
    const auto* text = std::get_if<ast::Text>(&value.what);
    return text != nullptr ? text->value : lower::text_of(value);
}

/// Suggests how to write a time for some other value.
Meaning time_help(std::string_view what, const ast::Value& value) {
    if (std::holds_alternative<ast::NotApplicable>(value.what))
        return {"write `0min` if it takes no time, or `?` if nobody knows yet", {}};
    Meaning meant = time_meant(what, written(value));
    if (std::holds_alternative<ast::Text>(value.what) && !meant.instead.empty())
        meant.help = fmt::format("times are written without quotes: `{}: {}`", what, meant.instead);
    return meant;
}

/// Suggests quotes for a text without them.
Meaning quotes_meant(std::string_view what, const ast::Value& value) {
    if (std::holds_alternative<ast::Unknown>(value.what) || std::holds_alternative<ast::NotApplicable>(value.what))
        return {fmt::format("omit `{}` if it is not known", what), {}};
    if (std::holds_alternative<ast::ListValue>(value.what))
        return {fmt::format("`{}` takes one text, not a list", what), {}};
    const std::string text = quoted(written(value));
    return {fmt::format("write `{}: {}`", what, text), text};
}

}  // namespace

std::string describe(const ast::Value& value) {
    struct Describe {
        std::string operator()(const ast::Hole&) const { return "nothing"; }
        std::string operator()(const ast::SpanValue& v) const {
            const bool number = v.parts.size() == 1 && v.parts[0].kind == ast::Amount::Kind::number && !v.guess;
            return fmt::format("{}`{}`", number ? "the plain number " : "", text_of(v));
        }
        std::string operator()(const ast::RateValue& v) const {
            return fmt::format("`{}`", lower::text_of(ast::Value{v, {}, false}));
        }
        std::string operator()(const ast::DistributionValue& v) const { return fmt::format("`{}(…)`", v.name.text); }
        std::string operator()(const ast::DateValue& v) const { return fmt::format("the date `{}`", v.day.text); }
        std::string operator()(const ast::Text&) const { return "a text in quotes"; }
        std::string operator()(const ast::Word& v) const { return fmt::format("`{}`", v.text); }
        std::string operator()(const ast::ListValue& v) const { return v.values.empty() ? "an empty list" : "a list"; }
        std::string operator()(const ast::Unknown&) const { return "`?`"; }
        std::string operator()(const ast::NotApplicable&) const { return "`n/a`"; }
    };
    return std::visit(Describe{}, value.what);
}

std::string unless_blank(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto found = decode_utf8(text, at);
        const char32_t c = found ? found->character : U'?';
        const bool space = c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 ||
                           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
        if (!space && !is_invisible(c)) return std::string(text);
        at += found ? found->length : 1;
    }
    return {};
}

std::string text_of(const ast::Value& value) {
    struct Write {
        std::string operator()(const ast::Hole&) const { return {}; }
        std::string operator()(const ast::SpanValue& v) const { return text_of(v); }
        std::string operator()(const ast::RateValue& v) const {
            std::string text;
            for (const auto& part : v.parts)
                text += fmt::format("{}{}/{}", text.empty() ? "" : " ", part.amount.text, part.unit.text);
            return text;
        }
        std::string operator()(const ast::DistributionValue& v) const {
            std::string text = v.name.text + "(";
            for (const auto& argument : v.arguments)
                text += fmt::format("{}{}{}{}", text.back() == '(' ? "" : ", ", argument.name.text,
                                    argument.name.given() ? " " : "", argument.size.text);
            return text + ")";
        }
        std::string operator()(const ast::DateValue& v) const {
            return v.day.text + (v.source.given() ? " " + quoted(v.source.value) : "");
        }
        std::string operator()(const ast::Text& v) const { return quoted(v.value); }
        std::string operator()(const ast::Word& v) const { return v.text; }
        std::string operator()(const ast::ListValue& v) const {
            std::string text = "[";
            for (const ast::Value& item : v.values) text += (text.size() == 1 ? "" : ", ") + lower::text_of(item);
            return text + "]";
        }
        std::string operator()(const ast::Unknown&) const { return "?"; }
        std::string operator()(const ast::NotApplicable&) const { return "n/a"; }
    };
    return std::visit(Write{}, value.what);
}

void ValueReader::wrong(std::string_view what, const ast::Value& value, std::string_view takes, std::string help) {
    if (silent(value)) return;
    auto report = diagnostics_.report(diag::wrong_value, value.range, what, takes, describe(value));
    if (!help.empty()) report.help(std::move(help));
}

void ValueReader::wrong(std::string_view what, const ast::Value& value, std::string_view takes, Meaning meant) {
    if (silent(value)) return;
    auto report = diagnostics_.report(diag::wrong_value, value.range, what, takes, describe(value));
    if (!meant.help.empty()) report.help(std::move(meant.help));
    if (!meant.instead.empty()) report.fix(value.range, std::move(meant.instead));
}

void ValueReader::wrong(std::string_view what, const ast::Amount& amount, std::string_view takes, Meaning meant) {
    auto report = diagnostics_.report(diag::wrong_value, amount.range, what, takes, fmt::format("`{}`", amount.text));
    report.help(std::move(meant.help));
    if (!meant.instead.empty()) report.fix(amount.range, std::move(meant.instead));
}

bool ValueReader::may_be_thousands(std::string_view number, SourceRange range, std::string_view more) {
    const std::string whole = as_thousands(number);
    if (whole.empty()) return false;
    const std::string fraction = format_number(parse_decimal(number).value_or(Decimal{}).value());
    diagnostics_.report(diag::two_readings, range, number)
        .help(fmt::format("write `{0}{2}` or `{1}{2}`: use a decimal point, and no separator between thousands", whole,
                          fraction, more));
    return true;
}

std::optional<Duration> ValueReader::duration(std::string_view what, const ast::Amount& amount) {
    if (amount.text.empty()) return std::nullopt;
    if (is_phrase(amount)) {
        wrong(what, amount, "a time such as `3d`", single_time_meant(what, amount.text));
        return std::nullopt;
    }
    if (amount.kind == ast::Amount::Kind::number) {
        const bool zero = parse_decimal(amount.text).value_or(Decimal{1, 0}).mantissa == 0;
        diagnostics_.report(diag::missing_unit, amount.range, what, amount.text)
            .help(zero ? std::string("write `0min` if it takes no time, or `?` if nobody knows yet")
                       : fmt::format("`{0}min`, `{0}h` or `{0}d`? vsm never guesses a unit", amount.text));
        return std::nullopt;
    }
    if (amount.kind == ast::Amount::Kind::percent) {
        diagnostics_.report(diag::wrong_value, amount.range, what, "a time", fmt::format("`{}`", amount.text))
            .help("write a time such as `45min` or `2d`");
        return std::nullopt;
    }
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

std::optional<ir::Distribution> ValueReader::distribution(std::string_view what, const ast::DistributionValue& shape,
                                                          SourceRange range) {
    const auto refuse = [&](std::string message, SourceRange at) -> std::optional<ir::Distribution> {
        diagnostics_.report(diag::bad_distribution, at, message)
            .help("write `exponential(2h)` with its mean, or `lognormal(p50 6h, p85 1d)` with its median and one other "
                  "percentile");
        return std::nullopt;
    };
    const std::string& name = shape.name.text;
    if (name == "exponential") {
        if (shape.arguments.size() != 1 || shape.arguments[0].name.given())
            return refuse("`exponential` takes one time, its mean", range);
        const auto mean = duration(what, shape.arguments[0].size);
        if (!mean) return std::nullopt;
        if (mean->microseconds == 0) return refuse("the mean of `exponential` is zero", shape.arguments[0].size.range);
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
    if (shape.arguments.size() != 2)
        return refuse(fmt::format("`lognormal` takes two percentiles, found {}", shape.arguments.size()), range);
    std::optional<Duration> median, other;
    std::string median_text, other_text;
    int percentile = 0;
    for (const auto& argument : shape.arguments) {
        const std::string& label = argument.name.text;
        const auto number =
            label.size() > 1 && label.front() == 'p' ? parse_decimal(std::string_view(label).substr(1)) : std::nullopt;
        if (!number || number->scale != 0 || number->mantissa < 1 || number->mantissa > 99)
            return refuse(argument.name.given() ? fmt::format("`{}` is not a percentile from p1 to p99", label)
                                                : std::string("each time of `lognormal` needs its percentile"),
                          argument.name.given() ? argument.name.range : argument.size.range);
        const auto time = duration(what, argument.size);
        if (!time) return std::nullopt;
        if (time->microseconds == 0) return refuse("a percentile of `lognormal` is zero", argument.size.range);
        if (number->mantissa == 50) {
            median = time;
            median_text = argument.size.text;
        } else {
            other = time;
            other_text = argument.size.text;
            percentile = static_cast<int>(number->mantissa);
        }
    }
    if (!median || !other) return refuse("`lognormal` takes p50 and one other percentile", range);
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
        return refuse("the long end of this `lognormal` is beyond 100 years", range);
    return made;
}

namespace {

bool is_in_days(const ast::Amount& amount) { return amount.text.find_first_of("dw") != std::string::npos; }

}  // namespace

std::optional<ir::Time> ValueReader::time(std::string_view what, const ast::Value& value) {
    if (silent(value)) return ir::Time{std::nullopt, false, value.range, false};
    if (std::holds_alternative<ast::Unknown>(value.what)) return ir::Time{std::nullopt, false, value.range, false};
    if (const auto* found = std::get_if<ast::SpanValue>(&value.what); found != nullptr && !holds_phrase(*found)) {
        const auto spread = span(what, *found, value.range);
        return ir::Time{spread, found->guess, value.range,
                        std::any_of(found->parts.begin(), found->parts.end(), is_in_days)};
    }
    if (const auto* shape = std::get_if<ast::DistributionValue>(&value.what)) {
        const auto& arguments = shape->arguments;
        const bool in_days = std::any_of(arguments.begin(), arguments.end(),
                                         [](const auto& argument) { return is_in_days(argument.size); });
        return ir::Time{distribution(what, *shape, value.range), false, value.range, in_days};
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

std::optional<Ratio> ValueReader::ratio(std::string_view what, const ast::Amount& amount) {
    if (amount.text.empty()) return std::nullopt;
    if (is_phrase(amount)) {
        wrong(what, amount, "a percentage", share_meant(amount.text, false));
        return std::nullopt;
    }
    if (amount.kind != ast::Amount::Kind::percent) {
        const auto number = amount.kind == ast::Amount::Kind::number ? parse_decimal(amount.text) : std::nullopt;
        std::string help = "write a percentage such as `85%`";
        if (number && number->value() > 1 && number->value() <= 100) help = fmt::format("write `{}%`", amount.text);
        if (number && number->value() > 0 && number->value() < 1)
            help = fmt::format("write `{}%`", format_number(number->value() * 100));
        diagnostics_
            .report(diag::wrong_value, amount.range, what, "a percentage",
                    fmt::format("{}`{}`", number ? "the plain number " : "", amount.text))
            .help(help);
        return std::nullopt;
    }
    const auto number = parse_decimal(std::string_view(amount.text).substr(0, amount.text.size() - 1));
    if (number && number->value() <= 100) {
        const auto parts = scale_exactly(*number, Ratio::whole / 100);
        if (parts) return Ratio{*parts};
        diagnostics_.report(diag::too_precise, amount.range, amount.text, "nine decimals of a percent")
            .help("round it: nobody measures that finely");
        return std::nullopt;
    }
    diagnostics_.report(diag::percent_out_of_range, amount.range, amount.text)
        .help("a share of all items is between 0% and 100%");
    return std::nullopt;
}

std::optional<Ratio> ValueReader::ratio(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    if (const auto* span = single_span(value); span != nullptr && !span->guess) return ratio(what, span->parts[0]);
    wrong(what, value, "a percentage such as `70%`", share_meant(written(value), false));
    return std::nullopt;
}

std::optional<ir::Quality> ValueReader::quality(std::string_view what, const ast::Value& value) {
    using State = ir::Quality::State;
    if (silent(value) || std::holds_alternative<ast::Unknown>(value.what))
        return ir::Quality{State::unknown, {}, {}, false, value.range};
    if (std::holds_alternative<ast::NotApplicable>(value.what))
        return ir::Quality{State::not_applicable, {}, {}, false, value.range};
    const auto* span = std::get_if<ast::SpanValue>(&value.what);
    if (span == nullptr || span->parts.size() > 2 || holds_phrase(*span)) {
        wrong(what, value, "a percentage such as `85%` or `80%..90%`, `?` or `n/a`", share_meant(written(value), true));
        return ir::Quality{State::unknown, {}, {}, false, value.range};
    }
    const auto low = ratio(what, span->parts.front());
    const auto high = span->parts.size() == 1 ? low : ratio(what, span->parts.back());
    if (!low || !high) return ir::Quality{State::unknown, {}, {}, false, value.range};
    if (*low > *high) {
        diagnostics_.report(diag::bad_range, value.range, text_of(*span))
            .help(fmt::format("write the smaller end first: `{}..{}`", span->parts[1].text, span->parts[0].text));
        return ir::Quality{State::unknown, {}, {}, false, value.range};
    }
    return ir::Quality{State::known, *low, *high, span->guess, value.range};
}

std::optional<Decimal> ValueReader::number(std::string_view what, const ast::Amount& amount) {
    if (amount.text.empty()) return std::nullopt;
    if (amount.kind != ast::Amount::Kind::number) {
        if (what == "queue" && amount.kind == ast::Amount::Kind::quantity &&
            parse_time_unit(amount.text.substr(amount.text.find_first_not_of("0123456789.")))) {
            diagnostics_.report(diag::wrong_value, amount.range, what, "a number", fmt::format("`{}`", amount.text))
                .help(fmt::format("a queue counts items; for a time write `wait {}`", amount.text));
        } else {
            wrong(what, amount, "a number", count_meant(what, amount.text));
        }
        return std::nullopt;
    }
    if (what == "queue" && may_be_thousands(amount.text, amount.range, "")) return std::nullopt;
    const auto number = parse_decimal(amount.text);
    if (!number || number->value() > 1e12) {
        diagnostics_.report(diag::out_of_range, amount.range, fmt::format("`{}`", amount.text), "the allowed range")
            .help("numbers have at most 18 digits and go up to 1000000000000");
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> ValueReader::count(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    const auto* span = single_span(value);
    if (span == nullptr || span->guess || span->parts[0].kind != ast::Amount::Kind::number) {
        wrong(what, value, "a whole number from 1", count_meant(what, written(value)));
        return std::nullopt;
    }
    if (may_be_thousands(span->parts[0].text, value.range, "")) return std::nullopt;
    const auto number = parse_decimal(span->parts[0].text);
    if (number && !number->whole()) {
        wrong(what, value, "a whole number from 1",
              what == "people"
                  ? std::string("for people who work here part of their time, add `available: 50%` to the team")
                  : fmt::format("round it: `{0}: {1}` or `{0}: {2}`", what,
                                std::max<std::int64_t>(1, static_cast<std::int64_t>(number->value())),
                                static_cast<std::int64_t>(number->value()) + 1));
        return std::nullopt;
    }
    if (!number || number->value() < 1 || number->value() > 1e9) {
        diagnostics_
            .report(diag::out_of_range, value.range, fmt::format("`{}`", span->parts[0].text), "1 to 1000000000")
            .help(fmt::format("omit `{}` if it is not known", what));
        return std::nullopt;
    }
    return static_cast<std::int64_t>(number->value());
}

std::optional<Rate> ValueReader::rate(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    const auto* rate = std::get_if<ast::RateValue>(&value.what);
    if (rate == nullptr || rate->parts.size() != 1 || rate->parts[0].amount.kind != ast::Amount::Kind::number) {
        wrong(what, value, "a rate such as `40/w`", rate_meant(what, written(value)));
        return std::nullopt;
    }
    const auto& part = rate->parts[0];
    const auto unit = parse_time_unit(part.unit.text);
    if (!unit) {
        const std::string_view meant = unit_called(part.unit.text);
        auto report = diagnostics_.report(diag::unknown_unit, part.unit.range, part.unit.text);
        report.help(
            meant == "month" || part.unit.text == "m" || part.unit.text == "M"
                ? "months and years have no fixed length: multiply a number per month by 12 / 52 to get it per week"
            : parse_time_unit(meant) ? fmt::format("write `{}/{}`", part.amount.text, meant)
                                     : std::string("the units are `s`, `min`, `h`, `d` and `w`"));
        if (parse_time_unit(meant) && lower_case(part.unit.text) != "m")
            report.fix(part.unit.range, std::string(meant));
        return std::nullopt;
    }
    if (may_be_thousands(part.amount.text, part.amount.range, "/" + part.unit.text)) return std::nullopt;
    const auto number = parse_decimal(part.amount.text);
    if (!number || number->mantissa == 0 || number->value() > 1e12) {
        diagnostics_
            .report(diag::out_of_range, part.amount.range, fmt::format("`{}`", part.amount.text), "the allowed range")
            .help(fmt::format("a rate is above zero; omit `{}` if it is not known", what));
        return std::nullopt;
    }
    return Rate{number->value(), *unit, length_of(*unit, calendar_)};
}

std::optional<Calendar> ValueReader::calendar(const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    const auto* rate = std::get_if<ast::RateValue>(&value.what);
    if (rate == nullptr || rate->parts.size() != 2 || rate->parts[0].unit.text != "d" ||
        rate->parts[1].unit.text != "w") {
        wrong("calendar", value, "working hours a day and days a week, such as `8h/d 5d/w`",
              calendar_meant(written(value)));
        return std::nullopt;
    }
    static constexpr Calendar clock = round_the_clock;
    const auto day = ValueReader(diagnostics_, clock).duration("calendar", rate->parts[0].amount);
    if (!day) return std::nullopt;
    constexpr Duration shortest_day{60'000'000};
    constexpr double shortest_week = 0.1;
    if (*day < shortest_day || *day > clock.day ||
        rate->parts[0].amount.text.find_first_of("dw") != std::string::npos) {
        diagnostics_
            .report(
                diag::bad_calendar, rate->parts[0].amount.range,
                fmt::format("a working day of `{}` is not between 1 minute and 24 hours", rate->parts[0].amount.text))
            .help("write hours or minutes: `8h/d`, `920min/d`");
        return std::nullopt;
    }
    const std::string& week_text = rate->parts[1].amount.text;
    const auto days = week_text.ends_with("d")
                          ? parse_decimal(std::string_view(week_text).substr(0, week_text.size() - 1))
                          : std::nullopt;
    const auto week = days ? scale_exactly(*days, day->microseconds) : std::nullopt;
    if (!week || days->value() < shortest_week || days->value() > 7) {
        diagnostics_
            .report(diag::bad_calendar, rate->parts[1].amount.range,
                    fmt::format("a working week of `{}` is not between 0.1 and 7 days", week_text))
            .help("write days: `5d/w`");
        return std::nullopt;
    }
    return Calendar{*day, {*week}};
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
    if (found == nullptr || found->source.given()) {
        wrong(what, value, "a date such as `2027-03-31`",
              found == nullptr ? date_meant(written(value)) : Meaning{"remove the text after it", found->day.text});
        return std::nullopt;
    }
    return date(found->day);
}

std::optional<ir::Evidence> ValueReader::evidence(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    const auto* found = std::get_if<ast::DateValue>(&value.what);
    if (found == nullptr) {
        wrong(what, value, "a date, and the source of the figures in quotes: `2026-10-20 \"export\"`",
              date_meant(written(value)));
        return std::nullopt;
    }
    const auto day = date(found->day);
    if (!day) return std::nullopt;
    return ir::Evidence{*day, found->source.value, value.range};
}

std::optional<ir::Text> ValueReader::text(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    if (const auto* found = std::get_if<ast::Text>(&value.what))
        return ir::Text{unless_blank(found->value), value.range};
    Meaning meant = quotes_meant(what, value);
    if (what == "link" && written(value).starts_with("http:"))
        meant = {fmt::format("links begin with `https://`: `{}: {}`", what, quoted("https" + written(value).substr(4))),
                 {}};
    wrong(what, value, "text in quotes", std::move(meant));
    return std::nullopt;
}

std::optional<ir::Text> ValueReader::text_or_name(std::string_view what, const ast::Value& value) {
    if (const auto* word = std::get_if<ast::Word>(&value.what)) return ir::Text{word->text, value.range};
    return text(what, value);
}

std::optional<ir::Text> ValueReader::link(std::string_view what, const ast::Value& value) {
    auto found = text(what, value);
    if (!found) return std::nullopt;
    const bool good = found->value.starts_with("https://") && found->value.size() > 8 &&
                      std::all_of(found->value.begin(), found->value.end(),
                                  [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7F; });
    if (good) return found;
    auto report = diagnostics_.report(diag::bad_link, value.range, found->value);
    if (found->value.size() > 7 && found->value.starts_with("http://"))
        report.help(fmt::format("write `{}`, if the site answers there", quoted("https" + found->value.substr(4))));
    else
        report.help("write the whole address, such as `\"https://example.org/runbook\"`");
    return std::nullopt;
}

std::optional<ast::Word> ValueReader::name(std::string_view what, const ast::Value& value, std::string_view takes) {
    if (const auto* word = std::get_if<ast::Word>(&value.what); word != nullptr && !value.repaired) return *word;
    wrong(what, value, takes, names_meant(what, written(value), false));
    return std::nullopt;
}

bool ValueReader::refuses_phrase(std::string_view what, const ast::Value& value) {
    if (const auto* list = std::get_if<ast::ListValue>(&value.what))
        return std::any_of(list->values.begin(), list->values.end(),
                           [&](const ast::Value& one) { return refuses_phrase(what, one); });
    const auto* span = std::get_if<ast::SpanValue>(&value.what);
    if (span == nullptr || !holds_phrase(*span)) return false;
    const std::string text = quoted(written(value));
    wrong(what, value, "one value", Meaning{fmt::format("words are written in quotes: `{}`", text), text});
    return true;
}

std::vector<ast::Word> ValueReader::names(std::string_view what, const ast::Value& value, std::string_view takes) {
    std::vector<ast::Word> found;
    const auto add = [&](const ast::Value& one) {
        if (const auto* word = std::get_if<ast::Word>(&one.what)) {
            if (what == "team" && says_unknown(word->text)) {
                wrong(what, one, takes, Meaning{"omit `team` if it is not known", {}});
            } else if (word->given()) {
                found.push_back(*word);
            }
        } else {
            Meaning meant = names_meant(what, written(one), true);
            const bool in_list = &one != &value;
            if (in_list && meant.instead.starts_with('['))
                meant = {"put a comma between two names", meant.instead.substr(1, meant.instead.size() - 2)};
            wrong(what, one, takes, std::move(meant));
        }
    };
    if (const auto* list = std::get_if<ast::ListValue>(&value.what)) {
        for (const ast::Value& one : list->values) add(one);
        if (list->values.empty())
            wrong(what, value, takes,
                  what == "after"
                      ? std::string(
                            "omit `after`: the element then follows the one before it; `after: start` begins the block")
                      : fmt::format("omit `{}`", what));
    } else {
        add(value);
    }
    return found;
}

std::vector<std::string> ValueReader::texts(std::string_view what, const ast::Value& value) {
    std::vector<std::string> found;
    const auto add = [&](const ast::Value& one) {
        if (const auto read = text_or_name(what, one)) found.push_back(read->value);
    };
    if (const auto* list = std::get_if<ast::ListValue>(&value.what)) {
        if (list->values.empty()) wrong(what, value, "at least one text", "remove the property if there is none");
        for (const ast::Value& one : list->values) add(one);
    } else {
        add(value);
    }
    return found;
}

}  // namespace vsm::lower
